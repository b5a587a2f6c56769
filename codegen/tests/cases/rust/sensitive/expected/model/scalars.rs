// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{NumberRules, TextFormat, TextRules};

/// A string, an email address (RFC 5321).
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things/properties/email`
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThingsEmail(String);

runtime::text_type!(sensitive ThingsEmail, TextRules::new().format(TextFormat::EMAIL));

/// An integer of at most 38 digits of at most 9999.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things/properties/pin`
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThingsPin(i128);

runtime::number_type!(sensitive ThingsPin(i128), NumberRules::new().maximum("9999"));

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Mood`
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mood {
    /// `good`
    Good,
    /// `bad`
    Bad,
}

runtime::enum_type!(sensitive Mood { Good = "good", Bad = "bad" });

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Person/properties/name`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonName(String);

runtime::text_type!(PersonName, TextRules::new().min_length(1));
