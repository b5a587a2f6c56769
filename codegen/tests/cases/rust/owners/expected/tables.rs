// @generated from the contracts in spec/; edits are overwritten.

//! The tables of the shop service.

use runtime::{Attributes, Aws, Field, Item, ItemKey, KeyNames, Table};

use crate::model::{Customer, Order, OrderId};

/// The tables of the service. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Tables {
    /// order
    ///
    /// - **Variable** `ORDER_TABLE`
    /// - **Source** `spec/shop/openapi.yaml#/components/schemas/Order/x-dynamodb-table`
    pub order: Table<Order>,
}

impl Tables {
    /// Creates the tables with the names in the function's environment variables.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self { order: Table::new(aws) }
    }
}

/// The primary key of [`Order`].
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Order/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct OrderKey {
    pub customer: Customer,
    pub id: OrderId,
}

impl ItemKey for OrderKey {
    fn to_key(&self) -> Attributes {
        runtime::sorted_key(("customer", &self.customer), ("id", &self.id))
    }
}

impl Item for Order {
    type Key = OrderKey;
    const TABLE: &'static str = "ORDER_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "customer",
        sort: Some("id"),
    };

    fn key(&self) -> OrderKey {
        OrderKey {
            customer: self.customer.clone(),
            id: self.id.clone(),
        }
    }
}

/// The attributes of [`Order`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct OrderFields;

impl OrderFields {
    pub const CUSTOMER: Field<Order, Customer> = Field::new(&["customer"]);

    pub const ID: Field<Order, OrderId> = Field::new(&["id"]);
}
