// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{Scalar, Text};

use super::rules;

/// An integer of at most 38 digits of at least 9223372036854775808.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/far`
pub type ExactFar = Scalar<rules::ExactFar>;

/// An integer of at most 38 digits from 0 to 18446744073709551615.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/uint64`
pub type ExactUint64 = Scalar<rules::ExactUint64>;

/// A 64-bit integer from 0 to 4294967295.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/uint32`
pub type ExactUint32 = Scalar<rules::ExactUint32>;

/// A 64-bit integer from -128 to 127.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/int8`
pub type ExactInt8 = Scalar<rules::ExactInt8>;

/// An integer of at most 38 digits, a multiple of 6.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/both`
pub type ExactBoth = Scalar<rules::ExactBoth>;

/// A double-precision number from -3.4028234663852886e38 to 3.4028234663852886e38.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/float`
pub type ExactFloat = Scalar<rules::ExactFloat>;

/// A double-precision number, a multiple of 0.01.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/step`
pub type ExactStep = Scalar<rules::ExactStep>;

/// A double-precision number from 0.000000000000000000000000000001 to
/// 1000000000000000000000000000000.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/wide`
pub type ExactWide = Scalar<rules::ExactWide>;

/// An exact decimal number as a string of at least 0.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/text`
pub type ExactText = Scalar<rules::ExactText>;

/// A string that matches `^(?=.*[A-Z])(?=.*\d).{8,}$`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/password`
pub type ExactPassword = Text<rules::ExactPassword>;

/// A string that matches `^(\w+) \1$`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/twice`
pub type ExactTwice = Text<rules::ExactTwice>;

/// A string that matches `^\s+$`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/blank`
pub type ExactBlank = Text<rules::ExactBlank>;

/// A string that matches `^.$`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/line`
pub type ExactLine = Text<rules::ExactLine>;

/// A string that matches `\bfoo\b`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/word`
pub type ExactWord = Text<rules::ExactWord>;

/// A string that matches `^\p{Script=Greek}+$`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/greek`
pub type ExactGreek = Text<rules::ExactGreek>;

/// A string, an email address (RFC 5321).
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/email`
pub type ExactEmail = Text<rules::ExactEmail>;

/// A string, a host name of any script (RFC 5890).
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/host`
pub type ExactHost = Text<rules::ExactHost>;

/// A string, a URI template (RFC 6570).
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact/properties/template`
pub type ExactTemplate = Text<rules::ExactTemplate>;
