// @generated from the contracts in spec/; edits are overwritten.

//! The tables of the shop service.

use runtime::{Attributes, Aws, Date, Field, Item, ItemKey, KeyNames, Table, Uuid};

use crate::model::{
    Address, AddressStreet, Card, Customer, Order, OrderId, Visit, VisitPlace,
};

/// The tables of the service. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Tables {
    /// order
    ///
    /// - **Variable** `ORDER_TABLE`
    /// - **Source** `spec/shop/openapi.yaml#/components/schemas/Order/x-dynamodb-table`
    pub order: Table<Order>,
    /// address
    ///
    /// - **Variable** `ADDRESS_TABLE`
    /// - **Source** `spec/shop/openapi.yaml#/components/schemas/Address/x-dynamodb-table`
    pub address: Table<Address>,
    /// card
    ///
    /// - **Variable** `CARD_TABLE`
    /// - **Source** `spec/shop/openapi.yaml#/components/schemas/Card/x-dynamodb-table`
    pub card: Table<Card>,
    /// visit
    ///
    /// - **Variable** `VISIT_TABLE`
    /// - **Source** `spec/shop/openapi.yaml#/components/schemas/Visit/x-dynamodb-table`
    pub visit: Table<Visit>,
}

impl Tables {
    /// Creates the tables with the names in the function's environment variables.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self {
            order: Table::new(aws),
            address: Table::new(aws),
            card: Table::new(aws),
            visit: Table::new(aws),
        }
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

/// The primary key of [`Address`].
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Address/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct AddressKey {
    pub customer: Customer,
    pub address_id: Uuid,
}

impl ItemKey for AddressKey {
    fn to_key(&self) -> Attributes {
        runtime::sorted_key(
            ("customer", &self.customer),
            ("addressId", &self.address_id),
        )
    }
}

impl Item for Address {
    type Key = AddressKey;
    const TABLE: &'static str = "ADDRESS_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "customer",
        sort: Some("addressId"),
    };

    fn key(&self) -> AddressKey {
        AddressKey {
            customer: self.customer.clone(),
            address_id: self.address_id,
        }
    }
}

/// The primary key of [`Card`].
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Card/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct CardKey {
    pub customer: Customer,
    pub number: i64,
}

impl ItemKey for CardKey {
    fn to_key(&self) -> Attributes {
        runtime::sorted_key(("customer", &self.customer), ("number", &self.number))
    }
}

impl Item for Card {
    type Key = CardKey;
    const TABLE: &'static str = "CARD_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "customer",
        sort: Some("number"),
    };

    fn key(&self) -> CardKey {
        CardKey {
            customer: self.customer.clone(),
            number: self.number,
        }
    }
}

/// The primary key of [`Visit`].
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Visit/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct VisitKey {
    pub place: VisitPlace,
    pub day: Date,
}

impl ItemKey for VisitKey {
    fn to_key(&self) -> Attributes {
        runtime::sorted_key(("place", &self.place), ("day", &self.day))
    }
}

impl Item for Visit {
    type Key = VisitKey;
    const TABLE: &'static str = "VISIT_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "place",
        sort: Some("day"),
    };

    fn key(&self) -> VisitKey {
        VisitKey {
            place: self.place.clone(),
            day: self.day,
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

/// The attributes of [`Address`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct AddressFields;

impl AddressFields {
    pub const CUSTOMER: Field<Address, Customer> = Field::new(&["customer"]);

    pub const ADDRESS_ID: Field<Address, Uuid> = Field::new(&["addressId"]);

    pub const STREET: Field<Address, AddressStreet> = Field::new(&["street"]);
}

/// The attributes of [`Card`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct CardFields;

impl CardFields {
    pub const CUSTOMER: Field<Card, Customer> = Field::new(&["customer"]);

    pub const NUMBER: Field<Card, i64> = Field::new(&["number"]);
}

/// The attributes of [`Visit`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct VisitFields;

impl VisitFields {
    pub const PLACE: Field<Visit, VisitPlace> = Field::new(&["place"]);

    pub const DAY: Field<Visit, Date> = Field::new(&["day"]);
}
