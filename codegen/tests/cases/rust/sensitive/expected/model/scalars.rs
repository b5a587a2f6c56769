// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use std::collections::BTreeMap;

use runtime::{Json, Redacted, Scalar, Sensitive, Text};

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

/// An object with any keys; each value is any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things/properties/answers`
pub type ThingsAnswers = Sensitive<BTreeMap<String, Json>>;

/// An array; each item is any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things/properties/pair`
pub type ThingsPair = Sensitive<Vec<Json>>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Person/properties/name`
pub type PersonName = Text<rules::PersonName>;

/// A string of at most 100 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1notes/post/requestBody/content/text~1plain/schema`
pub type SendNoteBody = Redacted<Text<rules::SendNoteBody>>;

/// A string.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1notes/post/responses/200/headers/X-Session/schema`
pub type SendNoteOkXSession = Sensitive<String>;

/// An integer of at most 38 digits of at most 9999.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1notes/post/responses/200/headers/X-Number/schema`
pub type SendNoteOkXNumber = Redacted<Scalar<rules::SendNoteOkXNumber>>;

/// An array; each item is a string.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1notes/post/responses/200/headers/X-Tags/schema`
pub type SendNoteOkXTags = Sensitive<Vec<String>>;

/// A string.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1notes/post/responses/200/content/text~1plain/schema`
pub type SendNoteOkBody = Sensitive<String>;
