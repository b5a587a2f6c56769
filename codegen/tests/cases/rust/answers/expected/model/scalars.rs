// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::NumberRules;

/// A 32-bit integer of at least 1.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/get/parameters/0/schema`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GetThingLimit(i32);

runtime::number_type!(GetThingLimit(i32), NumberRules::new().minimum("1"));
