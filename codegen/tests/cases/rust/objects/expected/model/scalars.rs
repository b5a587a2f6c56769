// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use std::collections::BTreeMap;

use runtime::{Json, Scalar, Text};

use super::rules;

/// An object with any keys; each value is any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Nothing`
pub type Nothing = BTreeMap<String, Json>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Place/allOf/1/properties/city`
pub type PlaceCity = Text<rules::PlaceCity>;

/// A 32-bit integer of at least 0.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Open/additionalProperties`
pub type OpenValue = Scalar<rules::OpenValue>;
