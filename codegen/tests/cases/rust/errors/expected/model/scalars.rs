// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{NumberRules, TextRules};

/// A string of at most 3 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/name`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThingName(String);

runtime::text_type!(ThingName, TextRules::new().max_length(3));

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Error/properties/api`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ErrorApi {
    /// `things`
    Things,
}

runtime::enum_type!(ErrorApi { Things = "things" });

/// An integer of at most 38 digits of at least 1.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1things/get/parameters/0/schema`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListThingsLimit(i128);

runtime::number_type!(ListThingsLimit(i128), NumberRules::new().minimum("1"));
