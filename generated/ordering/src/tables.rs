// @generated from the contracts in spec/; edits are overwritten.

//! The tables of the ordering service.

use runtime::{Attributes, Aws, Field, Item, ItemKey, KeyNames, Table, Timestamp, Uuid};

use crate::model::{
    Address, CardInfo, Email, FirstName, LastName, LineItem, Order, OrderDate,
    PaymentMethod, Total, UserName,
};

/// The tables of the service. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Tables {
    /// What a customer bought.
    ///
    /// - **Variable** `ORDER_TABLE`
    /// - **Source** `spec/ordering/openapi.yaml#/components/schemas/Order/x-dynamodb-table`
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
/// - **Source** `spec/ordering/openapi.yaml#/components/schemas/Order/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct OrderKey {
    /// The name under which a customer is known.
    pub user_name: UserName,
    /// When the checkout happened that became the order; two orders of one customer never have the
    /// same.
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

/// The attributes of [`Order`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct OrderFields;

impl OrderFields {
    /// The name under which a customer is known.
    pub const USER_NAME: Field<Order, UserName> = Field::new(&["userName"]);

    /// When the checkout happened that became the order; two orders of one customer never have the
    /// same.
    pub const ORDER_DATE: Field<Order, OrderDate> = Field::new(&["orderDate"]);

    /// The checkout that became this order.
    pub const CHECKOUT_ID: Field<Order, Uuid> = Field::new(&["checkoutId"]);

    /// A sum of money in the shop's currency, exact to the cent.
    pub const TOTAL_PRICE: Field<Order, Total> = Field::new(&["totalPrice"]);

    pub const FIRST_NAME: Field<Order, FirstName> = Field::new(&["firstName"]);

    pub const LAST_NAME: Field<Order, LastName> = Field::new(&["lastName"]);

    pub const EMAIL: Field<Order, Email> = Field::new(&["email"]);

    pub const ADDRESS: Field<Order, Address> = Field::new(&["address"]);

    /// How the customer pays.
    pub const PAYMENT_METHOD: Field<Order, PaymentMethod> = Field::new(
        &["paymentMethod"],
    );

    /// A token of the card, never its number.
    pub const CARD_INFO: Field<Order, CardInfo> = Field::new(&["cardInfo"]);

    pub const ITEMS: Field<Order, Vec<LineItem>> = Field::new(&["items"]);

    /// When the order was stored.
    pub const PLACED_AT: Field<Order, Timestamp> = Field::new(&["placedAt"]);
}
