// @generated from the contracts in spec/; edits are overwritten.

//! The tables of the shop service.

use runtime::{
    At, Attributes, Aws, Composed, Decode, Field, Item, ItemKey, KeyNames, Layout, Table,
    Violations,
};

use crate::model::{Customer, CustomerFullName, CustomerId, Order, OrderId, OrderStatus};

/// The tables of the service. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Tables {
    /// order
    ///
    /// - **Variable** `ORDER_TABLE`
    /// - **Source** `spec/shop/asyncapi.yaml#/components/schemas/Order/x-dynamodb-table`
    pub order: Table<Order>,
    /// A customer, in a table that others made, with other things in it.
    ///
    /// - **Variable** `CRM_TABLE`
    /// - **Source** `spec/shop/asyncapi.yaml#/components/schemas/Customer/x-dynamodb-table`
    pub crm: Table<Customer>,
}

impl Tables {
    /// Creates the tables with the names in the function's environment variables.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self {
            order: Table::new(aws),
            crm: Table::new(aws),
        }
    }
}

/// The primary key of [`Order`].
///
/// - **Source** `spec/shop/asyncapi.yaml#/components/schemas/Order/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct OrderKey {
    pub id: OrderId,
}

impl ItemKey for OrderKey {
    fn to_key(&self) -> Attributes {
        runtime::partition_key("id", &self.id)
    }
}

impl Item for Order {
    type Key = OrderKey;
    const TABLE: &'static str = "ORDER_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "id",
        sort: None,
    };

    fn key(&self) -> OrderKey {
        OrderKey { id: self.id.clone() }
    }
}

/// The primary key of [`Customer`].
///
/// - **Source** `spec/shop/asyncapi.yaml#/components/schemas/Customer/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct CustomerKey {
    pub id: CustomerId,
}

impl ItemKey for CustomerKey {
    fn to_key(&self) -> Attributes {
        runtime::sorted_key(
            ("PK", &runtime::composed_key("CUSTOMER#", &self.id, "")),
            ("SK", &"PROFILE".to_owned()),
        )
    }
}

impl Item for Customer {
    type Key = CustomerKey;
    const TABLE: &'static str = "CRM_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "PK",
        sort: Some("SK"),
    };
    const LAYOUT: Layout = Layout {
        renamed: &[("fullName", "full_name")],
        sets: &[],
        composed: &[
            Composed {
                attribute: "PK",
                before: "CUSTOMER#",
                of: Some("id"),
                after: "",
                is_number: false,
            },
            Composed {
                attribute: "SK",
                before: "PROFILE",
                of: None,
                after: "",
                is_number: false,
            },
        ],
        known: Some(&["id", "full_name"]),
        reserved: &[],
    };

    fn key(&self) -> CustomerKey {
        CustomerKey { id: self.id.clone() }
    }
}

impl Decode for CustomerKey {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        Some(Self { id: object.required("id")? })
    }
}

/// The attributes of [`Order`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct OrderFields;

impl OrderFields {
    pub const ID: Field<Order, OrderId> = Field::new(&["id"]);

    pub const STATUS: Field<Order, OrderStatus> = Field::new(&["status"]);
}

/// The attributes of [`Customer`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct CustomerFields;

impl CustomerFields {
    pub const ID: Field<Customer, CustomerId> = Field::new(&["id"]);

    pub const FULL_NAME: Field<Customer, CustomerFullName> = Field::new(&["full_name"]);
}
