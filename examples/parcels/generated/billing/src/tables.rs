// @generated from the contracts in spec/; edits are overwritten.

//! The tables of the billing service.

use runtime::{Attributes, Aws, Field, Item, ItemKey, KeyNames, Table};

use crate::model::{Charge, ChargeCents, ParcelId};

/// The tables of the service. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Tables {
    /// What a parcel costs.
    ///
    /// - **Variable** `CHARGE_TABLE`
    /// - **Source** `spec/billing/asyncapi.yaml#/components/schemas/Charge/x-dynamodb-table`
    pub charge: Table<Charge>,
}

impl Tables {
    /// Creates the tables with the names in the function's environment variables.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self { charge: Table::new(aws) }
    }
}

/// The primary key of [`Charge`].
///
/// - **Source** `spec/billing/asyncapi.yaml#/components/schemas/Charge/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct ChargeKey {
    /// Names a parcel.
    pub parcel_id: ParcelId,
}

impl ItemKey for ChargeKey {
    fn to_key(&self) -> Attributes {
        runtime::partition_key("parcelId", &self.parcel_id)
    }
}

impl Item for Charge {
    type Key = ChargeKey;
    const TABLE: &'static str = "CHARGE_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "parcelId",
        sort: None,
    };

    fn key(&self) -> ChargeKey {
        ChargeKey {
            parcel_id: self.parcel_id,
        }
    }
}

/// The attributes of [`Charge`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct ChargeFields;

impl ChargeFields {
    /// Names a parcel.
    pub const PARCEL_ID: Field<Charge, ParcelId> = Field::new(&["parcelId"]);

    pub const CENTS: Field<Charge, ChargeCents> = Field::new(&["cents"]);
}
