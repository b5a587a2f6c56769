// @generated from the contracts in spec/; edits are overwritten.

//! The tables of the basket service.

use runtime::{Attributes, Aws, Field, Item, ItemKey, KeyNames, Table, Timestamp, Uuid};

use crate::model::{
    Basket, CheckoutReceipt, CheckoutRecord, CheckoutRecordCheckoutKey,
    CheckoutRecordExpiresAt, CheckoutRecordFingerprint, LineItem, PendingCheckout, Total,
    UserName,
};

/// The tables that the service owns; cheap to clone.
#[derive(Debug, Clone)]
pub struct Tables {
    /// What a customer means to buy.
    ///
    /// - **Variable** `BASKET_TABLE`
    /// - **Source** `spec/basket/openapi.yaml#/components/schemas/Basket/x-dynamodb-table`
    pub basket: Table<Basket>,
    /// Remembers a finished checkout, so that a repetition gets the same answer.
    ///
    /// - **Variable** `CHECKOUT_TABLE`
    /// - **Source** `spec/basket/openapi.yaml#/components/schemas/CheckoutRecord/x-dynamodb-table`
    pub checkout: Table<CheckoutRecord>,
}
impl Tables {
    /// The tables by the names that the function's environment gives.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self {
            basket: Table::new(aws),
            checkout: Table::new(aws),
        }
    }
}

/// The primary key of [`Basket`].
///
/// - **Source** `spec/basket/openapi.yaml#/components/schemas/Basket/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct BasketKey {
    /// `userName`
    pub user_name: UserName,
}

impl ItemKey for BasketKey {
    fn to_key(&self) -> Attributes {
        runtime::partition_key("userName", &self.user_name)
    }
}

impl Item for Basket {
    type Key = BasketKey;
    const TABLE: &'static str = "BASKET_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "userName",
        sort: None,
    };

    fn key(&self) -> BasketKey {
        BasketKey {
            user_name: self.user_name.clone(),
        }
    }
}

/// The primary key of [`CheckoutRecord`].
///
/// - **Source** `spec/basket/openapi.yaml#/components/schemas/CheckoutRecord/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct CheckoutRecordKey {
    /// `checkoutKey`
    pub checkout_key: CheckoutRecordCheckoutKey,
}

impl ItemKey for CheckoutRecordKey {
    fn to_key(&self) -> Attributes {
        runtime::partition_key("checkoutKey", &self.checkout_key)
    }
}

impl Item for CheckoutRecord {
    type Key = CheckoutRecordKey;
    const TABLE: &'static str = "CHECKOUT_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "checkoutKey",
        sort: None,
    };

    fn key(&self) -> CheckoutRecordKey {
        CheckoutRecordKey {
            checkout_key: self.checkout_key.clone(),
        }
    }
}

/// The attributes of [`Basket`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct BasketFields;

impl BasketFields {
    /// `userName`
    pub const USER_NAME: Field<Basket, UserName> = Field::new(&["userName"]);

    /// `items`
    pub const ITEMS: Field<Basket, Vec<LineItem>> = Field::new(&["items"]);

    /// `checkout`
    pub const CHECKOUT: Field<Basket, PendingCheckout> = Field::new(&["checkout"]);
}

/// The attributes of [`CheckoutRecord`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct CheckoutRecordFields;

impl CheckoutRecordFields {
    /// `checkoutKey`
    pub const CHECKOUT_KEY: Field<CheckoutRecord, CheckoutRecordCheckoutKey> = Field::new(
        &["checkoutKey"],
    );

    /// `fingerprint`
    pub const FINGERPRINT: Field<CheckoutRecord, CheckoutRecordFingerprint> = Field::new(
        &["fingerprint"],
    );

    /// `receipt`
    pub const RECEIPT: Field<CheckoutRecord, CheckoutReceipt> = Field::new(&["receipt"]);

    /// `expiresAt`
    pub const EXPIRES_AT: Field<CheckoutRecord, CheckoutRecordExpiresAt> = Field::new(
        &["expiresAt"],
    );
}

/// The attributes of [`PendingCheckout`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct PendingCheckoutFields;

impl PendingCheckoutFields {
    /// `checkoutId`
    pub const CHECKOUT_ID: Field<PendingCheckout, Uuid> = Field::new(&["checkoutId"]);

    /// `checkoutTime`
    pub const CHECKOUT_TIME: Field<PendingCheckout, Timestamp> = Field::new(
        &["checkoutTime"],
    );

    /// `retried`
    pub const RETRIED: Field<PendingCheckout, bool> = Field::new(&["retried"]);
}

/// The attributes of [`CheckoutReceipt`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct CheckoutReceiptFields;

impl CheckoutReceiptFields {
    /// `checkoutId`
    pub const CHECKOUT_ID: Field<CheckoutReceipt, Uuid> = Field::new(&["checkoutId"]);

    /// `checkoutTime`
    pub const CHECKOUT_TIME: Field<CheckoutReceipt, Timestamp> = Field::new(
        &["checkoutTime"],
    );

    /// `userName`
    pub const USER_NAME: Field<CheckoutReceipt, UserName> = Field::new(&["userName"]);

    /// `totalPrice`
    pub const TOTAL_PRICE: Field<CheckoutReceipt, Total> = Field::new(&["totalPrice"]);
}
