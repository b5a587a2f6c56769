// @generated from the contracts in spec/; edits are overwritten.

//! The tables of the shop service.

use runtime::{Attributes, Aws, Field, Item, ItemKey, KeyNames, Table, Uuid};

use crate::model::Thing;

/// The tables of the service. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Tables {
    /// things
    ///
    /// - **Variable** `THINGS_TABLE`
    /// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/x-dynamodb-table`
    pub things: Table<Thing>,
}

impl Tables {
    /// Creates the tables with the names in the function's environment variables.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self { things: Table::new(aws) }
    }
}

/// The primary key of [`Thing`].
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct ThingKey {
    pub id: Uuid,
}

impl ItemKey for ThingKey {
    fn to_key(&self) -> Attributes {
        runtime::partition_key("id", &self.id)
    }
}

impl Item for Thing {
    type Key = ThingKey;
    const TABLE: &'static str = "THINGS_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "id",
        sort: None,
    };

    fn key(&self) -> ThingKey {
        ThingKey { id: self.id }
    }
}

/// The attributes of [`Thing`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct ThingFields;

impl ThingFields {
    pub const EXTRA: Field<Thing, i128> = Field::new(&["extra"]);

    pub const ID: Field<Thing, Uuid> = Field::new(&["id"]);

    pub const NOTE: Field<Thing, String> = Field::new(&["note"]);
}
