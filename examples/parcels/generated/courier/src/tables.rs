// @generated from the contracts in spec/; edits are overwritten.

//! The tables of the courier service.

use runtime::{Attributes, Aws, Field, Item, ItemKey, KeyNames, Table};

use crate::model::{ParcelId, Place, Position, Presence, Trip, TripCourier, WeightGrams};

/// The tables of the service. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Tables {
    /// Who brings a parcel.
    ///
    /// - **Variable** `TRIP_TABLE`
    /// - **Source** `spec/courier/asyncapi.yaml#/components/schemas/Trip/x-dynamodb-table`
    pub trip: Table<Trip>,
    /// A parcel at the place where it was seen last.
    ///
    /// - **Variable** `PRESENCE_TABLE`
    /// - **Source** `spec/courier/asyncapi.yaml#/components/schemas/Presence/x-dynamodb-table`
    pub presence: Table<Presence>,
    /// Where a parcel is, and how it came there.
    ///
    /// - **Variable** `POSITION_TABLE`
    /// - **Source** `spec/courier/asyncapi.yaml#/components/schemas/Position/x-dynamodb-table`
    pub position: Table<Position>,
}

impl Tables {
    /// Creates the tables with the names in the function's environment variables.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self {
            trip: Table::new(aws),
            presence: Table::new(aws),
            position: Table::new(aws),
        }
    }
}

/// The primary key of [`Trip`].
///
/// - **Source** `spec/courier/asyncapi.yaml#/components/schemas/Trip/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct TripKey {
    /// Names a parcel.
    pub parcel_id: ParcelId,
}

impl ItemKey for TripKey {
    fn to_key(&self) -> Attributes {
        runtime::partition_key("parcelId", &self.parcel_id)
    }
}

impl Item for Trip {
    type Key = TripKey;
    const TABLE: &'static str = "TRIP_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "parcelId",
        sort: None,
    };

    fn key(&self) -> TripKey {
        TripKey {
            parcel_id: self.parcel_id,
        }
    }
}

/// The primary key of [`Presence`].
///
/// - **Source** `spec/courier/asyncapi.yaml#/components/schemas/Presence/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct PresenceKey {
    /// Where a parcel was seen.
    pub place: Place,
    /// Names a parcel.
    pub parcel_id: ParcelId,
}

impl ItemKey for PresenceKey {
    fn to_key(&self) -> Attributes {
        runtime::sorted_key(("place", &self.place), ("parcelId", &self.parcel_id))
    }
}

impl Item for Presence {
    type Key = PresenceKey;
    const TABLE: &'static str = "PRESENCE_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "place",
        sort: Some("parcelId"),
    };

    fn key(&self) -> PresenceKey {
        PresenceKey {
            place: self.place.clone(),
            parcel_id: self.parcel_id,
        }
    }
}

/// The primary key of [`Position`].
///
/// - **Source** `spec/courier/asyncapi.yaml#/components/schemas/Position/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct PositionKey {
    /// Names a parcel.
    pub parcel_id: ParcelId,
}

impl ItemKey for PositionKey {
    fn to_key(&self) -> Attributes {
        runtime::partition_key("parcelId", &self.parcel_id)
    }
}

impl Item for Position {
    type Key = PositionKey;
    const TABLE: &'static str = "POSITION_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "parcelId",
        sort: None,
    };

    fn key(&self) -> PositionKey {
        PositionKey {
            parcel_id: self.parcel_id,
        }
    }
}

/// The attributes of [`Trip`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct TripFields;

impl TripFields {
    /// Names a parcel.
    pub const PARCEL_ID: Field<Trip, ParcelId> = Field::new(&["parcelId"]);

    pub const COURIER: Field<Trip, TripCourier> = Field::new(&["courier"]);
}

/// The attributes of [`Presence`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct PresenceFields;

impl PresenceFields {
    /// Where a parcel was seen.
    pub const PLACE: Field<Presence, Place> = Field::new(&["place"]);

    /// Names a parcel.
    pub const PARCEL_ID: Field<Presence, ParcelId> = Field::new(&["parcelId"]);
}

/// The attributes of [`Position`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct PositionFields;

impl PositionFields {
    /// Names a parcel.
    pub const PARCEL_ID: Field<Position, ParcelId> = Field::new(&["parcelId"]);

    pub const PLACES: Field<Position, Vec<Place>> = Field::new(&["places"]);

    /// What a parcel weighs.
    pub const WEIGHT_GRAMS: Field<Position, WeightGrams> = Field::new(&["weightGrams"]);
}
