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

/// A 32-bit integer, 1.
///
/// - **Source** `spec/schemas/events.yaml#/ParcelScanned/properties/version`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParcelScannedVersion(i32);

runtime::number_type!(ParcelScannedVersion(i32), NumberRules::new().one_of(&[1]));

impl ParcelScannedVersion {
    /// The only value.
    pub const VALUE: Self = Self(1);
}

/// Names one pass of one parcel; the scanner says it again when it is not sure that it was heard.
///
/// - **Shape** a string of 1 to 64 characters
/// - **Source** `spec/schemas/events.yaml#/ScanId`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScanId(String);

runtime::text_type!(ScanId, TextRules::new().min_length(1).max_length(64));

/// Where a parcel was seen.
///
/// - **Shape** a string of 1 to 64 characters
/// - **Source** `spec/schemas/common.yaml#/Place`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(String);

runtime::text_type!(Place, TextRules::new().min_length(1).max_length(64));

/// A 32-bit integer, 2.
///
/// - **Source** `spec/schemas/events.yaml#/ParcelWeighed/properties/version`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParcelWeighedVersion(i32);

runtime::number_type!(ParcelWeighedVersion(i32), NumberRules::new().one_of(&[2]));

impl ParcelWeighedVersion {
    /// The only value.
    pub const VALUE: Self = Self(2);
}

/// A 32-bit integer, 1.
///
/// - **Source** `spec/schemas/events.yaml#/ParcelAssigned/properties/version`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParcelAssignedVersion(i32);

runtime::number_type!(ParcelAssignedVersion(i32), NumberRules::new().one_of(&[1]));

impl ParcelAssignedVersion {
    /// The only value.
    pub const VALUE: Self = Self(1);
}

/// A string of 1 to 64 characters.
///
/// - **Source** `spec/schemas/events.yaml#/ParcelAssigned/properties/courier`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParcelAssignedCourier(String);

runtime::text_type!(ParcelAssignedCourier, TextRules::new().min_length(1).max_length(64));

/// A string of 1 to 64 characters.
///
/// - **Source** `spec/courier/asyncapi.yaml#/components/schemas/Trip/properties/courier`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TripCourier(String);

runtime::text_type!(TripCourier, TextRules::new().min_length(1).max_length(64));
