// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::TextRules;

/// A string of at most 8 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things/properties/tags/items`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThingsTagsItem(String);

runtime::text_type!(ThingsTagsItem, TextRules::new().max_length(8));

/// A list with a name of its own.
///
/// - **Shape** an array of at most 5 items; each item is a string
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Names`
pub type Names = Vec<String>;
