// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/nothing`
pub type ThingNothing = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/never`
pub type ThingNever = Json;
