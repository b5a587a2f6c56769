// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{Scalar, Text};

use super::rules;

/// A string of at most 3 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/name`
pub type ThingName = Text<rules::ThingName>;

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
pub type ListThingsLimit = Scalar<rules::ListThingsLimit>;

/// A string that matches `^E[0-9]+$`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Coded/properties/code`
pub type CodedCode = Text<rules::CodedCode>;

/// A string, a URI or relative reference (RFC 3986).
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Closed/properties/instance`
pub type ClosedInstance = Text<rules::ClosedInstance>;

/// A string of at most 5 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Mapped/properties/title`
pub type MappedTitle = Text<rules::MappedTitle>;
