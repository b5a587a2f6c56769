// @generated from the contracts in spec/; edits are overwritten.

//! The tables of the depot service.

use runtime::{Attributes, Aws, Field, Item, ItemKey, KeyNames, Table, Timestamp};

use crate::model::{
    Parcel, ParcelId, Recipient, Reminder, ReminderAfterHours, ReminderReminderId,
    WeightGrams,
};

/// The tables of the service. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Tables {
    /// A parcel that a depot took in.
    ///
    /// - **Variable** `PARCEL_TABLE`
    /// - **Source** `spec/depot/openapi.yaml#/components/schemas/Parcel/x-dynamodb-table`
    pub parcel: Table<Parcel>,
    /// A schedule's firing that somebody has to look at.
    ///
    /// - **Variable** `REMINDER_TABLE`
    /// - **Source** `spec/depot/openapi.yaml#/components/schemas/Reminder/x-dynamodb-table`
    pub reminder: Table<Reminder>,
}

impl Tables {
    /// Creates the tables with the names in the function's environment variables.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self {
            parcel: Table::new(aws),
            reminder: Table::new(aws),
        }
    }
}

/// The primary key of [`Parcel`].
///
/// - **Source** `spec/depot/openapi.yaml#/components/schemas/Parcel/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct ParcelKey {
    /// Names a parcel.
    pub id: ParcelId,
}

impl ItemKey for ParcelKey {
    fn to_key(&self) -> Attributes {
        runtime::partition_key("id", &self.id)
    }
}

impl Item for Parcel {
    type Key = ParcelKey;
    const TABLE: &'static str = "PARCEL_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "id",
        sort: None,
    };

    fn key(&self) -> ParcelKey {
        ParcelKey { id: self.id }
    }
}

/// The primary key of [`Reminder`].
///
/// - **Source** `spec/depot/openapi.yaml#/components/schemas/Reminder/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct ReminderKey {
    pub reminder_id: ReminderReminderId,
}

impl ItemKey for ReminderKey {
    fn to_key(&self) -> Attributes {
        runtime::partition_key("reminderId", &self.reminder_id)
    }
}

impl Item for Reminder {
    type Key = ReminderKey;
    const TABLE: &'static str = "REMINDER_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "reminderId",
        sort: None,
    };

    fn key(&self) -> ReminderKey {
        ReminderKey {
            reminder_id: self.reminder_id.clone(),
        }
    }
}

/// The attributes of [`Parcel`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct ParcelFields;

impl ParcelFields {
    /// Names a parcel.
    pub const ID: Field<Parcel, ParcelId> = Field::new(&["id"]);

    /// Who gets the parcel.
    pub const RECIPIENT: Field<Parcel, Recipient> = Field::new(&["recipient"]);

    /// What a parcel weighs.
    pub const WEIGHT_GRAMS: Field<Parcel, WeightGrams> = Field::new(&["weightGrams"]);

    pub const REGISTERED_AT: Field<Parcel, Timestamp> = Field::new(&["registeredAt"]);
}

/// The attributes of [`Reminder`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct ReminderFields;

impl ReminderFields {
    pub const REMINDER_ID: Field<Reminder, ReminderReminderId> = Field::new(
        &["reminderId"],
    );

    pub const AFTER_HOURS: Field<Reminder, ReminderAfterHours> = Field::new(
        &["afterHours"],
    );

    pub const FIRED_AT: Field<Reminder, Timestamp> = Field::new(&["firedAt"]);
}
