// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{DecimalString, NumberRules, TextFormat, TextRules};

/// An integer of at most 38 digits of at least 9223372036854775808.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/far`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExactFar(i128);

runtime::number_type!(ExactFar(i128), NumberRules::new().minimum("9223372036854775808"));

/// An integer of at most 38 digits from 0 to 18446744073709551615.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/uint64`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExactUint64(i128);

runtime::number_type!(
    ExactUint64(i128),
    NumberRules::new().minimum("0").maximum("18446744073709551615")
);

/// A 64-bit integer from 0 to 4294967295.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/uint32`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExactUint32(i64);

runtime::number_type!(ExactUint32(i64), NumberRules::new().minimum("0").maximum("4294967295"));

/// A 64-bit integer from -128 to 127.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/int8`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExactInt8(i64);

runtime::number_type!(ExactInt8(i64), NumberRules::new().minimum("-128").maximum("127"));

/// An integer of at most 38 digits, a multiple of 6.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/both`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExactBoth(i128);

runtime::number_type!(ExactBoth(i128), NumberRules::new().multiple_of("6"));

/// A double-precision number from -3.4028234663852886e38 to 3.4028234663852886e38.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/float`
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct ExactFloat(f64);

runtime::number_type!(
    ExactFloat(f64),
    NumberRules::new().minimum("-3.4028234663852886e38").maximum("3.4028234663852886e38")
);

/// A double-precision number, a multiple of 0.01.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/step`
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct ExactStep(f64);

runtime::number_type!(ExactStep(f64), NumberRules::new().multiple_of("0.01"));

/// A double-precision number from 0.000000000000000000000000000001 to
/// 1000000000000000000000000000000.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/wide`
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct ExactWide(f64);

runtime::number_type!(
    ExactWide(f64),
    NumberRules::new().minimum("0.000000000000000000000000000001").maximum("1000000000000000000000000000000")
);

/// An exact decimal number as a string of at least 0.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/text`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExactText(DecimalString);

runtime::number_type!(ExactText(DecimalString), NumberRules::new().minimum("0"));

/// A string that matches `^(?=.*[A-Z])(?=.*\d).{8,}$`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/password`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExactPassword(String);

runtime::text_type!(ExactPassword, TextRules::new(), pattern = r"^(?=.*[A-Z])(?=.*\d).{8,}$");

/// A string that matches `^(\w+) \1$`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/twice`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExactTwice(String);

runtime::text_type!(ExactTwice, TextRules::new(), pattern = r"^(\w+) \1$");

/// A string that matches `^\s+$`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/blank`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExactBlank(String);

runtime::text_type!(ExactBlank, TextRules::new(), pattern = r"^\s+$");

/// A string that matches `^.$`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/line`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExactLine(String);

runtime::text_type!(ExactLine, TextRules::new(), pattern = "^.$");

/// A string that matches `\bfoo\b`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/word`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExactWord(String);

runtime::text_type!(ExactWord, TextRules::new(), pattern = r"\bfoo\b");

/// A string that matches `^\p{Script=Greek}+$`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/greek`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExactGreek(String);

runtime::text_type!(ExactGreek, TextRules::new(), pattern = r"^\p{Script=Greek}+$");

/// A string, an email address (RFC 5321).
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/email`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExactEmail(String);

runtime::text_type!(ExactEmail, TextRules::new().format(TextFormat::EMAIL));

/// A string, a host name of any script (RFC 5890).
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/host`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExactHost(String);

runtime::text_type!(ExactHost, TextRules::new().format(TextFormat::IDN_HOSTNAME));

/// A string, a URI template (RFC 6570).
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/template`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExactTemplate(String);

runtime::text_type!(ExactTemplate, TextRules::new().format(TextFormat::URI_TEMPLATE));
