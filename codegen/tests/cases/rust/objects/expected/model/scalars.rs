// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use std::collections::BTreeMap;

use runtime::{Json, NumberRules, TextRules};

/// An object with any keys; each value is any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Nothing`
pub type Nothing = BTreeMap<String, Json>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Place/allOf/1/properties/city`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceCity(String);

runtime::text_type!(PlaceCity, TextRules::new().min_length(1));

/// A 32-bit integer of at least 0.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Open/additionalProperties`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OpenValue(i32);

runtime::number_type!(OpenValue(i32), NumberRules::new().minimum("0"));
