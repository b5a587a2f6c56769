// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::TextRules;

/// A string of at most 20 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1order~1{id}/parameters/0/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GetOrderId(String);

runtime::text_type!(GetOrderId, TextRules::new().max_length(20));
