// @generated from the contracts in spec/; edits are overwritten.

//! The tables of the ordering service.

use runtime::{Attributes, Aws, Item, ItemKey, KeyNames, Table};

use crate::model::{Order, OrderDate, UserName};

/// The tables that the service owns; cheap to clone.
#[derive(Debug, Clone)]
pub struct Tables {
    /// What a customer bought.
    ///
    /// - **Variable** `ORDER_TABLE`
    /// - **Source** `spec/ordering/openapi.yaml#/components/schemas/Order/x-dynamodb-table`
    pub order: Table<Order>,
}
impl Tables {
    /// The tables by the names that the function's environment gives.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self { order: Table::new(aws) }
    }
}

/// The primary key of [`Order`].
///
/// - **Source** `spec/ordering/openapi.yaml#/components/schemas/Order/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct OrderKey {
    /// `userName`
    pub user_name: UserName,
    /// `orderDate`
    pub order_date: OrderDate,
}

impl ItemKey for OrderKey {
    fn to_key(&self) -> Attributes {
        runtime::sorted_key(
            ("userName", &self.user_name),
            ("orderDate", &self.order_date),
        )
    }
}

impl Item for Order {
    type Key = OrderKey;
    const TABLE: &'static str = "ORDER_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "userName",
        sort: Some("orderDate"),
    };

    fn key(&self) -> OrderKey {
        OrderKey {
            user_name: self.user_name.clone(),
            order_date: self.order_date,
        }
    }
}
