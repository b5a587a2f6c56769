// @generated from the contracts in spec/; edits are overwritten.

//! The tables of the basket service.

use runtime::{Attributes, Aws, Item, ItemKey, KeyNames, Table};

use crate::model::{Basket, CheckoutRecord, CheckoutRecordCheckoutKey, UserName};

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
