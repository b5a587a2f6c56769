// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{Json, Scalar, Text};

use super::{T17AValue, T4Item, rules};

/// An array of at least 0 items; each item is any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T0`
pub type T0 = Vec<Json>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T1`
pub type T1 = Json;

/// A double-precision number from 0.3 to 1000, a multiple of 0.5.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T14`
pub type T14 = Scalar<rules::T14>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T16`
pub type T16 = Json;

/// An integer of at most 38 digits above 1.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T18`
pub type T18 = Scalar<rules::T18>;

/// An integer of at most 38 digits of at most 0, a multiple of 0.1.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T20`
pub type T20 = Scalar<rules::T20>;

/// - **Source** `spec/shop/openapi.json#/components/schemas/T21`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum T21 {
    /// `10.0.0.1`
    N10001,
}

runtime::enum_type!(T21 { N10001 = "10.0.0.1" });

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T22`
pub type T22 = Json;

/// A 64-bit integer, 3.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T28`
pub type T28 = Scalar<rules::T28>;

/// A double-precision number above -1 and of at most 2.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T31`
pub type T31 = Scalar<rules::T31>;

/// An array; each item is `T4Item`.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T4`
pub type T4 = Vec<T4Item>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T5`
pub type T5 = Json;

/// A 64-bit integer of at least 0, 1.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T6`
pub type T6 = Scalar<rules::T6>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T7`
pub type T7 = Json;

/// A 32-bit integer of at least 1.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T10/anyOf/0`
pub type T10Integer = Scalar<rules::T10Integer>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T10/anyOf/1`
pub type T10Variant2 = Json;

/// A string, an IPv4 address (RFC 2673).
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T11/allOf/0/properties/b`
pub type T11B = Text<rules::T11B>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T12/oneOf/0`
pub type T12Variant1 = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T12/oneOf/1`
pub type T12Variant2 = Json;

/// A 32-bit integer of at most 0.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T13/anyOf/1`
pub type T13Integer = Scalar<rules::T13Integer>;

/// An array; each item is `T13Variant3Item`.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T13/anyOf/2`
pub type T13Variant3 = Vec<T13Variant3Item>;

/// A double-precision number below 10, a multiple of 0.01.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T13/anyOf/2/items`
pub type T13Variant3Item = Scalar<rules::T13Variant3Item>;

/// A 32-bit integer from 1 to 2.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T15/properties/a/oneOf/0`
pub type T15AInteger = Scalar<rules::T15AInteger>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T15/properties/a/oneOf/1`
pub type T15AVariant2 = Json;

/// A string of at most 2 characters, a URI (RFC 3986).
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T15/properties/b`
pub type T15B = Text<rules::T15B>;

/// An integer of at most 38 digits above 10.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T15/properties/c`
pub type T15C = Scalar<rules::T15C>;

/// `T17AValue`.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T17/properties/a`
pub type T17A = T17AValue;

/// A double-precision number of at most 0.3, a multiple of 0.01.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T17/properties/a/anyOf/0`
pub type T17ANumber = Scalar<rules::T17ANumber>;

/// An integer of at most 38 digits of at most 10, a multiple of 0.1.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T17/properties/a/anyOf/1`
pub type T17AInteger = Scalar<rules::T17AInteger>;

/// An array of at most 1 items; each item is any JSON, without duplicates.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T17/properties/b`
pub type T17B = Vec<Json>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T19/properties/b/properties/a`
pub type T19ObjectBa = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T19/properties/b/properties/ab`
pub type T19ObjectBAb = Json;

/// `true` or `false`.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T19/properties/b/properties/b`
pub type T19ObjectBb = bool;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T19/additionalProperties`
pub type T19ObjectValue = Json;

/// A double-precision number above 10, a multiple of 0.5.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T23/properties/a/properties/ab`
pub type T23AAb = Scalar<rules::T23AAb>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T23/properties/a/properties/c`
pub type T23Ac = Json;

/// A string of at most 0 characters that matches `^.{2}$`.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T23/properties/b`
pub type T23B = Text<rules::T23B>;

/// A 64-bit integer of at least 0 and below 10.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T24/properties/a`
pub type T24AInteger = Scalar<rules::T24AInteger>;

/// An integer of at most 38 digits of at least 1000.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T24/properties/ab/properties/ab`
pub type T24AbAb = Scalar<rules::T24AbAb>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T24/properties/c`
pub type T24CString = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T25/anyOf/0/properties/a`
pub type T25Variant1A = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T25/anyOf/0/properties/c`
pub type T25Variant1C = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T25/anyOf/2`
pub type T25Variant3 = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T26`
pub type T26Variant1 = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T26`
pub type T26Integer = Json;

/// A string that matches `^[a-z]+$`.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T27/properties/a`
pub type T27A = Text<rules::T27A>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T27/properties/b/anyOf/0`
pub type T27BVariant1 = Json;

/// A double-precision number of at least 1000, a multiple of 0.5.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T27/properties/b/anyOf/1`
pub type T27BVariant2 = Scalar<rules::T27BVariant2>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T29/oneOf/0`
pub type T29Variant1 = Json;

/// `true` or `false`.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T29/oneOf/1`
pub type T29Variant2 = bool;

/// An array; each item is any JSON, without duplicates.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T3/properties/c`
pub type T3C = Vec<Json>;

/// An array of at most 1 items; each item is `T30ArrayItem`.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T30/anyOf/0`
pub type T30Array = Vec<T30ArrayItem>;

/// An integer of at most 38 digits below 1000, a multiple of 0.01.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T30/anyOf/0/items`
pub type T30ArrayItem = Scalar<rules::T30ArrayItem>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T30/anyOf/1`
pub type T30Integer = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T4/items/additionalProperties`
pub type T4ItemValue = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T8/properties/a`
pub type T8A = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T8/properties/ab/properties/a`
pub type T8AbA = Json;

/// An integer of at most 38 digits of at most 0.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T8/properties/ab/properties/b`
pub type T8AbB = Scalar<rules::T8AbB>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T8/properties/b/oneOf/0`
pub type T8BVariant1 = Json;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T8/properties/b/oneOf/1`
pub type T8BVariant2 = Json;

/// A double-precision number of at most -0.01, a multiple of 1.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T8/properties/b/oneOf/2`
pub type T8BNumber = Scalar<rules::T8BNumber>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T9/properties/a`
pub type T9A = Json;

/// An array of at least 0 items; each item is any JSON, without duplicates.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T9/properties/ab`
pub type T9Ab = Vec<Json>;

/// A double-precision number below 2.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T9/properties/c`
pub type T9C = Scalar<rules::T9C>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T9/additionalProperties/properties/a`
pub type T9ValueObjectA = Json;

/// A double-precision number below -0.01.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T9/additionalProperties/properties/ab`
pub type T9ValueObjectAb = Scalar<rules::T9ValueObjectAb>;

/// A double-precision number below 0, a multiple of 0.5.
///
/// - **Source**
///   `spec/shop/openapi.json#/components/schemas/T9/additionalProperties/unevaluatedProperties`
pub type T9ValueObjectValue = Scalar<rules::T9ValueObjectValue>;
