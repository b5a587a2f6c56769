// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{Json, NumberRules, TextFormat, TextRules};

use super::{T17AValue, T4Item};

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
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct T14(f64);

runtime::number_type!(
    T14(f64),
    NumberRules::new().minimum("0.3").maximum("1000").multiple_of("0.5")
);

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T16`
pub type T16 = Json;

/// An integer of at most 38 digits above 1.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T18`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct T18(i128);

runtime::number_type!(T18(i128), NumberRules::new().above("1"));

/// An integer of at most 38 digits of at most 0, a multiple of 0.1.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T20`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct T20(i128);

runtime::number_type!(T20(i128), NumberRules::new().maximum("0").multiple_of("0.1"));

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct T28(i64);

runtime::number_type!(T28(i64), NumberRules::new().one_of(&[3]));

impl T28 {
    /// The only value.
    pub const VALUE: Self = Self(3);
}

/// A double-precision number above -1 and of at most 2.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T31`
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct T31(f64);

runtime::number_type!(T31(f64), NumberRules::new().above("-1").maximum("2"));

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct T6(i64);

runtime::number_type!(T6(i64), NumberRules::new().minimum("0").one_of(&[1]));

impl T6 {
    /// The only value.
    pub const VALUE: Self = Self(1);
}

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T7`
pub type T7 = Json;

/// A 32-bit integer of at least 1.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T10/anyOf/0`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct T10Integer(i32);

runtime::number_type!(T10Integer(i32), NumberRules::new().minimum("1"));

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T10/anyOf/1`
pub type T10Variant2 = Json;

/// A string, an IPv4 address (RFC 2673).
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T11/allOf/0/properties/b`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct T11B(String);

runtime::text_type!(T11B, TextRules::new().format(TextFormat::IPV4));

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct T13Integer(i32);

runtime::number_type!(T13Integer(i32), NumberRules::new().maximum("0"));

/// An array; each item is `T13Variant3Item`.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T13/anyOf/2`
pub type T13Variant3 = Vec<T13Variant3Item>;

/// A double-precision number below 10, a multiple of 0.01.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T13/anyOf/2/items`
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct T13Variant3Item(f64);

runtime::number_type!(T13Variant3Item(f64), NumberRules::new().below("10").multiple_of("0.01"));

/// A 32-bit integer from 1 to 2.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T15/properties/a/oneOf/0`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct T15AInteger(i32);

runtime::number_type!(T15AInteger(i32), NumberRules::new().minimum("1").maximum("2"));

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T15/properties/a/oneOf/1`
pub type T15AVariant2 = Json;

/// A string of at most 2 characters, a URI (RFC 3986).
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T15/properties/b`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct T15B(String);

runtime::text_type!(T15B, TextRules::new().max_length(2).format(TextFormat::URI));

/// An integer of at most 38 digits above 10.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T15/properties/c`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct T15C(i128);

runtime::number_type!(T15C(i128), NumberRules::new().above("10"));

/// `T17AValue`.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T17/properties/a`
pub type T17A = T17AValue;

/// A double-precision number of at most 0.3, a multiple of 0.01.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T17/properties/a/anyOf/0`
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct T17ANumber(f64);

runtime::number_type!(T17ANumber(f64), NumberRules::new().maximum("0.3").multiple_of("0.01"));

/// An integer of at most 38 digits of at most 10, a multiple of 0.1.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T17/properties/a/anyOf/1`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct T17AInteger(i128);

runtime::number_type!(T17AInteger(i128), NumberRules::new().maximum("10").multiple_of("0.1"));

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
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct T23AAb(f64);

runtime::number_type!(T23AAb(f64), NumberRules::new().above("10").multiple_of("0.5"));

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T23/properties/a/properties/c`
pub type T23Ac = Json;

/// A string of at most 0 characters that matches `^.{2}$`.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T23/properties/b`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct T23B(String);

runtime::text_type!(T23B, TextRules::new().max_length(0), pattern = "^.{2}$");

/// A 64-bit integer of at least 0 and below 10.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T24/properties/a`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct T24AInteger(i64);

runtime::number_type!(T24AInteger(i64), NumberRules::new().minimum("0").below("10"));

/// An integer of at most 38 digits of at least 1000.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T24/properties/ab/properties/ab`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct T24AbAb(i128);

runtime::number_type!(T24AbAb(i128), NumberRules::new().minimum("1000"));

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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct T27A(String);

runtime::text_type!(T27A, TextRules::new(), pattern = "^[a-z]+$");

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T27/properties/b/anyOf/0`
pub type T27BVariant1 = Json;

/// A double-precision number of at least 1000, a multiple of 0.5.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T27/properties/b/anyOf/1`
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct T27BVariant2(f64);

runtime::number_type!(T27BVariant2(f64), NumberRules::new().minimum("1000").multiple_of("0.5"));

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct T30ArrayItem(i128);

runtime::number_type!(T30ArrayItem(i128), NumberRules::new().below("1000").multiple_of("0.01"));

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct T8AbB(i128);

runtime::number_type!(T8AbB(i128), NumberRules::new().maximum("0"));

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
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct T8BNumber(f64);

runtime::number_type!(T8BNumber(f64), NumberRules::new().maximum("-0.01").multiple_of("1"));

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
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct T9C(f64);

runtime::number_type!(T9C(f64), NumberRules::new().below("2"));

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T9/additionalProperties/properties/a`
pub type T9ValueObjectA = Json;

/// A double-precision number below -0.01.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T9/additionalProperties/properties/ab`
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct T9ValueObjectAb(f64);

runtime::number_type!(T9ValueObjectAb(f64), NumberRules::new().below("-0.01"));

/// A double-precision number below 0, a multiple of 0.5.
///
/// - **Source**
///   `spec/shop/openapi.json#/components/schemas/T9/additionalProperties/unevaluatedProperties`
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct T9ValueObjectValue(f64);

runtime::number_type!(T9ValueObjectValue(f64), NumberRules::new().below("0").multiple_of("0.5"));
