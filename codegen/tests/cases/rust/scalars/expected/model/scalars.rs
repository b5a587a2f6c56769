// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{Decimal, NumberRules, TextFormat, TextRules};

/// What a thing is called; see <https://example.com/names>, and \[1\].
///
/// - **Shape** a string of 1 to 64 characters
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Name`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

runtime::text_type!(Name, TextRules::new().min_length(1).max_length(64));

/// A string that matches `^[\w.-]+\.png$`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/File`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct File(String);

runtime::text_type!(File, TextRules::new(), pattern = r"^[\w.-]+\.png$");

/// A string of at most 254 characters, an email address (RFC 5321).
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things/properties/email`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThingsEmail(String);

runtime::text_type!(ThingsEmail, TextRules::new().max_length(254).format(TextFormat::EMAIL));

/// A string, a URI (RFC 3986).
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things/properties/home`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThingsHome(String);

runtime::text_type!(ThingsHome, TextRules::new().format(TextFormat::URI));

/// A 32-bit integer from 1 to 1000.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things/properties/quantity`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThingsQuantity(i32);

runtime::number_type!(ThingsQuantity(i32), NumberRules::new().minimum("1").maximum("1000"));

/// An exact decimal number of at least 0, a multiple of 0.01.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things/properties/price`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThingsPrice(Decimal);

runtime::number_type!(ThingsPrice(Decimal), NumberRules::new().minimum("0").multiple_of("0.01"));

/// A double-precision number above 0 and below 1.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things/properties/share`
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct ThingsShare(f64);

runtime::number_type!(ThingsShare(f64), NumberRules::new().above("0").below("1"));

/// A 64-bit integer, 1 or 2.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things/properties/version`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThingsVersion(i64);

runtime::number_type!(ThingsVersion(i64), NumberRules::new().one_of(&[1, 2]));

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
