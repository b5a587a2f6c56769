// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::Text;

use super::rules;

/// A string of at most 8 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things/properties/tags/items`
pub type ThingsTagsItem = Text<rules::ThingsTagsItem>;

/// A list with a name of its own.
///
/// - **Shape** an array of at most 5 items; each item is a string
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Names`
pub type Names = Vec<String>;
