// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enums and other names.

use std::collections::BTreeMap;

use runtime::{Json, NumberRules, Sensitive, TextRules, Timestamp};

/// The schema `ThingName`.
///
/// - **Shape** a string of at most 6 characters
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/name`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThingName(String);

runtime::text_type!(ThingName, TextRules::new().max_length(6));

/// The schema `ThingCodeString`.
///
/// - **Shape** a string of at least 2 characters
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/code`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThingCodeString(String);

runtime::text_type!(ThingCodeString, TextRules::new().min_length(2));

/// The schema `ThingCodeInteger`.
///
/// - **Shape** an integer of at most 38 digits of at most 9
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/code`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThingCodeInteger(i128);

runtime::number_type!(ThingCodeInteger(i128), NumberRules::new().maximum("9"));

/// The schema `ThingLabels`.
///
/// - **Shape** an object with any keys; each value is any JSON
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/labels`
pub type ThingLabels = BTreeMap<String, Json>;

/// The schema `ThingShort`.
///
/// - **Shape** an object with any keys; each value is any JSON
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/short`
pub type ThingShort = BTreeMap<String, Json>;

/// The schema `ThingPair`.
///
/// - **Shape** an array; each item is any JSON
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/pair`
pub type ThingPair = Vec<Json>;

/// The schema `ThingSome`.
///
/// - **Shape** an array; each item is any JSON
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/some`
pub type ThingSome = Vec<Json>;

/// The schema `ThingNothing`.
///
/// - **Shape** any JSON
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/nothing`
pub type ThingNothing = Json;

/// The schema `ThingFixed`.
///
/// - **Shape** any JSON
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/fixed`
pub type ThingFixed = Json;

/// The schema `ThingMixed`.
///
/// - **Shape** any JSON
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/mixed`
pub type ThingMixed = Json;

/// The schema `ThingAmount`.
///
/// - **Shape** a double-precision number above 0, a multiple of 0.5
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/amount`
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct ThingAmount(f64);

runtime::number_type!(ThingAmount(f64), NumberRules::new().above("0").multiple_of("0.5"));

/// The schema `ThingLoose`.
///
/// - **Shape** any JSON
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/loose`
pub type ThingLoose = Json;

/// The schema `ThingStamp`.
///
/// - **Shape** a date and time (RFC 3339)
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/stamp`
pub type ThingStamp = Timestamp;

/// The schema `ThingSecret`.
///
/// - **Shape** a string
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/secret`
pub type ThingSecret = Sensitive<String>;

/// The schema `ThingNever`.
///
/// - **Shape** any JSON
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/never`
pub type ThingNever = Json;
