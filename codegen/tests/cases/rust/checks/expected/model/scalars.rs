// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use std::collections::BTreeMap;

use runtime::{Json, NumberRules, Sensitive, TextRules, Timestamp};

/// A string of at most 6 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/name`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThingName(String);

runtime::text_type!(ThingName, TextRules::new().max_length(6));

/// A string of at least 2 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/code`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThingCodeString(String);

runtime::text_type!(ThingCodeString, TextRules::new().min_length(2));

/// An integer of at most 38 digits of at most 9.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/code`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThingCodeInteger(i128);

runtime::number_type!(ThingCodeInteger(i128), NumberRules::new().maximum("9"));

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
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct ThingAmount(f64);

runtime::number_type!(ThingAmount(f64), NumberRules::new().above("0").multiple_of("0.5"));

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

/// A string.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/secret`
pub type ThingSecret = Sensitive<String>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/never`
pub type ThingNever = Json;
