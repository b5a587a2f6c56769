// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use std::collections::BTreeMap;

use runtime::{Date, Json, Scalar, Sensitive, Text, Timestamp};

use super::rules;

/// A string of at most 6 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/name`
pub type ThingName = Text<rules::ThingName>;

/// A string of at least 2 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/code`
pub type ThingCodeString = Text<rules::ThingCodeString>;

/// An integer of at most 38 digits of at most 9.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/code`
pub type ThingCodeInteger = Scalar<rules::ThingCodeInteger>;

/// An object with any keys; each value is any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/labels`
pub type ThingLabels = BTreeMap<String, Json>;

/// An object with any keys; each value is any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/short`
pub type ThingShort = BTreeMap<String, Json>;

/// An array of at most 2 items; each item is any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/pair`
pub type ThingPair = Vec<Json>;

/// An array; each item is any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/some`
pub type ThingSome = Vec<Json>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/nothing`
pub type ThingNothing = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/something`
pub type ThingSomething = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/fixed`
pub type ThingFixed = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/mixed`
pub type ThingMixed = Json;

/// An integer of at most 38 digits.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/exact`
pub type ThingExact = i128;

/// An integer of at most 38 digits.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/unlike`
pub type ThingUnlike = i128;

/// A double-precision number above 0, a multiple of 0.5.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/amount`
pub type ThingAmount = Scalar<rules::ThingAmount>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/loose`
pub type ThingLoose = Json;

/// Nothing but itself.
///
/// - **Shape** any JSON
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Nest`
pub type Nest = Json;

/// A date and time (RFC 3339).
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/stamp`
pub type ThingStamp = Timestamp;

/// A date (RFC 3339).
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/due`
pub type ThingDue = ThingDue2;

/// A date (RFC 3339).
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/due/oneOf/0`
pub type ThingDue2 = Sensitive<Date>;

/// A string.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/secret`
pub type ThingSecret = Sensitive<String>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/never`
pub type ThingNever = Json;
