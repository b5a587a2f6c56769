// @generated from the contracts in spec/; edits are overwritten.

//! The tables of the basket service.

use runtime::{Attributes, Aws, Field, Item, ItemKey, KeyNames, Table, Timestamp, Uuid};

use crate::model::{
    Basket, CheckoutReceipt, CheckoutRecord, CheckoutRecordCheckoutKey,
    CheckoutRecordExpiresAt, CheckoutRecordFingerprint, LineItem, PendingCheckout, Total,
    UserName,
};

/// The tables of the service. Cheap to clone.
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
    /// Creates the tables with the names in the function's environment variables.
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
    /// The name under which a customer is known.
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
    /// The customer and the `Idempotency-Key`, with `#` between them.
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
    /// The name under which a customer is known.
    pub const USER_NAME: Field<Basket, UserName> = Field::new(&["userName"]);

    pub const ITEMS: Field<Basket, Vec<LineItem>> = Field::new(&["items"]);

    /// A checkout of the basket that began and was not finished.
    pub const CHECKOUT: Field<Basket, PendingCheckout> = Field::new(&["checkout"]);
}

/// The attributes of [`CheckoutRecord`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct CheckoutRecordFields;

impl CheckoutRecordFields {
    /// The customer and the `Idempotency-Key`, with `#` between them.
    pub const CHECKOUT_KEY: Field<CheckoutRecord, CheckoutRecordCheckoutKey> = Field::new(
        &["checkoutKey"],
    );

    /// The request's digest; another request with the same key is refused.
    pub const FINGERPRINT: Field<CheckoutRecord, CheckoutRecordFingerprint> = Field::new(
        &["fingerprint"],
    );

    /// What became of a checkout.
    pub const RECEIPT: Field<CheckoutRecord, CheckoutReceipt> = Field::new(&["receipt"]);

    /// When the record may be forgotten, in seconds since 1970.
    pub const EXPIRES_AT: Field<CheckoutRecord, CheckoutRecordExpiresAt> = Field::new(
        &["expiresAt"],
    );
}

/// The attributes of [`PendingCheckout`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct PendingCheckoutFields;

impl PendingCheckoutFields {
    pub const CHECKOUT_ID: Field<PendingCheckout, Uuid> = Field::new(&["checkoutId"]);

    pub const CHECKOUT_TIME: Field<PendingCheckout, Timestamp> = Field::new(
        &["checkoutTime"],
    );

    /// Whether a request after the first took the checkout up.
    pub const RETRIED: Field<PendingCheckout, bool> = Field::new(&["retried"]);
}

/// The attributes of [`CheckoutReceipt`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct CheckoutReceiptFields;

impl CheckoutReceiptFields {
    /// Names the checkout, and the order that it becomes.
    pub const CHECKOUT_ID: Field<CheckoutReceipt, Uuid> = Field::new(&["checkoutId"]);

    /// When the customer first asked for it.
    pub const CHECKOUT_TIME: Field<CheckoutReceipt, Timestamp> = Field::new(
        &["checkoutTime"],
    );

    /// The name under which a customer is known.
    pub const USER_NAME: Field<CheckoutReceipt, UserName> = Field::new(&["userName"]);

    /// A sum of money in the shop's currency, exact to the cent.
    pub const TOTAL_PRICE: Field<CheckoutReceipt, Total> = Field::new(&["totalPrice"]);
}
