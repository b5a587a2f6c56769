// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{Scalar, Text, Uuid};

use super::rules;

/// A 32-bit integer, 1.
///
/// - **Source** `spec/schemas/events.yaml#/ParcelRegistered/properties/version`
pub type ParcelRegisteredVersion = Scalar<rules::ParcelRegisteredVersion>;

/// Names a parcel.
///
/// - **Shape** a UUID (RFC 9562)
/// - **Source** `spec/schemas/common.yaml#/ParcelId`
pub type ParcelId = Uuid;

/// Who gets the parcel.
///
/// - **Shape** a string of 1 to 64 characters
/// - **Source** `spec/schemas/common.yaml#/Recipient`
pub type Recipient = Text<rules::Recipient>;

/// What a parcel weighs.
///
/// - **Shape** a 32-bit integer from 1 to 40000
/// - **Source** `spec/schemas/common.yaml#/WeightGrams`
pub type WeightGrams = Scalar<rules::WeightGrams>;

/// A 32-bit integer of at least 0.
///
/// - **Source** `spec/billing/asyncapi.yaml#/components/schemas/Charge/properties/cents`
pub type ChargeCents = Scalar<rules::ChargeCents>;
