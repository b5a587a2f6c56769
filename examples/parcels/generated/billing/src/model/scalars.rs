// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{NumberRules, TextRules, Uuid};

/// A 32-bit integer, 1.
///
/// - **Source** `spec/schemas/events.yaml#/ParcelRegistered/properties/version`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParcelRegisteredVersion(i32);

runtime::number_type!(ParcelRegisteredVersion(i32), NumberRules::new().one_of(&[1]));

impl ParcelRegisteredVersion {
    /// The only value.
    pub const VALUE: Self = Self(1);
}

/// Names a parcel.
///
/// - **Shape** a UUID (RFC 9562)
/// - **Source** `spec/schemas/common.yaml#/ParcelId`
pub type ParcelId = Uuid;

/// Who gets the parcel.
///
/// - **Shape** a string of 1 to 64 characters
/// - **Source** `spec/schemas/common.yaml#/Recipient`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Recipient(String);

runtime::text_type!(Recipient, TextRules::new().min_length(1).max_length(64));

/// What a parcel weighs.
///
/// - **Shape** a 32-bit integer from 1 to 40000
/// - **Source** `spec/schemas/common.yaml#/WeightGrams`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WeightGrams(i32);

runtime::number_type!(WeightGrams(i32), NumberRules::new().minimum("1").maximum("40000"));

/// A 32-bit integer of at least 0.
///
/// - **Source** `spec/billing/asyncapi.yaml#/components/schemas/Charge/properties/cents`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChargeCents(i32);

runtime::number_type!(ChargeCents(i32), NumberRules::new().minimum("0"));
