// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{NumberRules, TextFormat, TextRules};

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

/// A string that matches `^E[0-9]+$`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Coded/properties/code`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodedCode(String);

runtime::text_type!(CodedCode, TextRules::new(), pattern = "^E[0-9]+$");

/// A string, a URI or relative reference (RFC 3986).
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Closed/properties/instance`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClosedInstance(String);

runtime::text_type!(ClosedInstance, TextRules::new().format(TextFormat::URI_REFERENCE));

/// A string of at most 5 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Mapped/properties/title`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MappedTitle(String);

runtime::text_type!(MappedTitle, TextRules::new().max_length(5));
