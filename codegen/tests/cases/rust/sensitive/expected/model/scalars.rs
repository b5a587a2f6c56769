// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{Redacted, Scalar, Text};

use super::rules;

/// A string, an email address (RFC 5321).
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things/properties/email`
pub type ThingsEmail = Redacted<Text<rules::ThingsEmail>>;

/// An integer of at most 38 digits of at most 9999.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things/properties/pin`
pub type ThingsPin = Redacted<Scalar<rules::ThingsPin>>;

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
pub type PersonName = Text<rules::PersonName>;
