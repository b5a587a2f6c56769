// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{Scalar, Text, Uuid};

use super::rules;

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

/// Names a parcel.
///
/// - **Shape** a UUID (RFC 9562)
/// - **Source** `spec/schemas/common.yaml#/ParcelId`
pub type ParcelId = Uuid;

/// Names one pass of one parcel; the scanner says it again when it is not sure that it was heard.
///
/// - **Shape** a string of 1 to 64 characters
/// - **Source** `spec/schemas/events.yaml#/ScanId`
pub type ScanId = Text<rules::ScanId>;

/// Where a parcel was seen.
///
/// - **Shape** a string of 1 to 64 characters
/// - **Source** `spec/schemas/common.yaml#/Place`
pub type Place = Text<rules::Place>;

/// A 32-bit integer, 1.
///
/// - **Source** `spec/schemas/events.yaml#/ParcelRegistered/properties/version`
pub type ParcelRegisteredVersion = Scalar<rules::ParcelRegisteredVersion>;

/// A 32-bit integer, 1.
///
/// - **Source** `spec/schemas/events.yaml#/ParcelScanned/properties/version`
pub type ParcelScannedVersion = Scalar<rules::ParcelScannedVersion>;

/// A 32-bit integer, 2.
///
/// - **Source** `spec/schemas/events.yaml#/ParcelWeighed/properties/version`
pub type ParcelWeighedVersion = Scalar<rules::ParcelWeighedVersion>;

/// A 32-bit integer of at least 1.
///
/// - **Source**
///   `spec/depot/asyncapi.yaml#/components/messages/LookForLate/payload/properties/afterHours`
pub type LookForLateAfterHours = Scalar<rules::LookForLateAfterHours>;

/// A string of 1 to 64 characters.
///
/// - **Source** `spec/depot/openapi.yaml#/components/schemas/Reminder/properties/reminderId`
pub type ReminderReminderId = Text<rules::ReminderReminderId>;

/// A 32-bit integer of at least 1.
///
/// - **Source** `spec/depot/openapi.yaml#/components/schemas/Reminder/properties/afterHours`
pub type ReminderAfterHours = Scalar<rules::ReminderAfterHours>;
