// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{Scalar, Text};

use super::rules;

/// What a thing is called; see <https://example.com/names>, and \[1\].
///
/// - **Shape** a string of 1 to 64 characters
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Name`
pub type Name = Text<rules::Name>;

/// A string that matches `^[\w.-]+\.png$`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/File`
pub type File = Text<rules::File>;

/// A string of at most 254 characters, an email address (RFC 5321).
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things/properties/email`
pub type ThingsEmail = Text<rules::ThingsEmail>;

/// A string, a URI (RFC 3986).
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things/properties/home`
pub type ThingsHome = Text<rules::ThingsHome>;

/// A 32-bit integer from 1 to 1000.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things/properties/quantity`
pub type ThingsQuantity = Scalar<rules::ThingsQuantity>;

/// An exact decimal number of at least 0, a multiple of 0.01.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things/properties/price`
pub type ThingsPrice = Scalar<rules::ThingsPrice>;

/// A double-precision number above 0 and below 1.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things/properties/share`
pub type ThingsShare = Scalar<rules::ThingsShare>;

/// A 64-bit integer, 1 or 2.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things/properties/version`
pub type ThingsVersion = Scalar<rules::ThingsVersion>;

/// How it is paid.
///
/// - **Deprecated**
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Payment`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Payment {
    /// `card`
    Card,
    /// `bank-transfer`
    BankTransfer,
    /// `2nd`
    N2nd,
}

runtime::enum_type!(Payment { Card = "card", BankTransfer = "bank-transfer", N2nd = "2nd" });
