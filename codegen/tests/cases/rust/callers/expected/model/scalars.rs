// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::Text;

use super::rules;

/// A string of at most 20 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1order~1{id}/parameters/0/schema`
pub type GetOrderId = Text<rules::GetOrderId>;
