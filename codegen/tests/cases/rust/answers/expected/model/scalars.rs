// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::Scalar;

use super::rules;

/// A 32-bit integer of at least 1.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/get/parameters/0/schema`
pub type GetThingLimit = Scalar<rules::GetThingLimit>;
