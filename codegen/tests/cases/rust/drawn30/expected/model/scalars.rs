// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{Json, Scalar, Text, Uuid};

use super::rules;

/// A double-precision number.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T1`
pub type T1 = f64;

/// A 32-bit integer.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T10`
pub type T10 = i32;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T12`
pub type T12 = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T13`
pub type T13 = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T15`
pub type T15 = Json;

/// A UUID (RFC 9562).
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T16`
pub type T16 = Uuid;

/// An integer of at most 38 digits of at least 3.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T19`
pub type T19 = Scalar<rules::T19>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T22`
pub type T22 = Json;

/// A double-precision number of at most 0.1, a multiple of 0.5.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T23`
pub type T23 = Scalar<rules::T23>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T24`
pub type T24 = Json;

/// A 64-bit integer from 0 to -1.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T25`
pub type T25 = Scalar<rules::T25>;

/// A string of at most 2 characters that matches `\u00e9`.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T26`
pub type T26 = Text<rules::T26>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T29`
pub type T29 = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T30`
pub type T30 = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T5`
pub type T5 = Json;

/// A 64-bit integer from 1 to 3.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T6`
pub type T6 = Scalar<rules::T6>;

/// A string of at least 2 characters that matches `^(?!a)`.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T7`
pub type T7 = Text<rules::T7>;

/// A string.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T8`
pub type T8 = String;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T0/properties/a`
pub type T0A = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T0/properties/c`
pub type T0C = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T11/oneOf/0`
pub type T11Variant1 = Json;

/// - **Source** `spec/shop/openapi.json#/components/schemas/T14/anyOf/0`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum T14Variant1 {
    /// `ab`
    Ab,
}

runtime::enum_type!(T14Variant1 { Ab = "ab" });

/// A string of at most 3 characters.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T17/oneOf/0/items`
pub type T17ArrayItem = Text<rules::T17ArrayItem>;

/// A double-precision number of at most 0.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T2/properties/c`
pub type T2C = Scalar<rules::T2C>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T20/anyOf/0`
pub type T20Variant1 = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T20/anyOf/1`
pub type T20Variant2 = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T21/properties/a`
pub type T21A = Json;

/// A double-precision number, a multiple of 0.5.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T21/properties/ab`
pub type T21Ab = Scalar<rules::T21Ab>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T21/properties/b/anyOf/0`
pub type T21BInteger = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T21/properties/c`
pub type T21C = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T27/oneOf/0`
pub type T27Number = Json;

/// A string that matches `[^\x00-\x7F]`.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T27/oneOf/1/properties/ab`
pub type T27Variant2Ab = Text<rules::T27Variant2Ab>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T27/oneOf/1/properties/b`
pub type T27Variant2B = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T27/oneOf/2`
pub type T27Variant3 = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T28/anyOf/0`
pub type T28Variant1 = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T28/anyOf/1/oneOf/0`
pub type T28Variant2Number = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T28/anyOf/2/properties/ab`
pub type T28Variant3ObjectAb = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T28/anyOf/2/properties/b`
pub type T28Variant3ObjectB = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T28/anyOf/2/properties/c`
pub type T28Variant3ObjectC = Json;

/// A 64-bit integer of at least 1000, a multiple of 0.1, 1.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T3/oneOf/0/items`
pub type T3ArrayItem = Scalar<rules::T3ArrayItem>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T3/oneOf/1`
pub type T3Variant2Number = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T3/oneOf/1/properties/a`
pub type T3Variant2Variant2A = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T3/oneOf/1/properties/ab`
pub type T3Variant2Variant2Ab = Json;

/// A double-precision number, a multiple of 0.5.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T3/oneOf/1/properties/c`
pub type T3Variant2Variant2C = Scalar<rules::T3Variant2Variant2C>;

/// A 32-bit integer from 1 to 3.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T3/oneOf/2`
pub type T3Number = Scalar<rules::T3Number>;

/// - **Source** `spec/shop/openapi.json#/components/schemas/T31/properties/b/properties/a`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum T31Ba {
    /// `2026-11-01`
    N20261101,
}

runtime::enum_type!(T31Ba { N20261101 = "2026-11-01" });

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T31/properties/b/properties/ab`
pub type T31BAb = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T4/properties/ab`
pub type T4Ab = Json;

/// A string of at most 0 characters that matches `\u00e9`.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T4/properties/c`
pub type T4C = Text<rules::T4C>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T9/properties/a`
pub type T9A = Json;

/// A double-precision number above 1 and of at most 2.5, a multiple of 2.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T9/properties/ab`
pub type T9Ab = Scalar<rules::T9Ab>;
