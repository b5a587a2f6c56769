// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{Decimal, DecimalString, Json, NumberRules, TextFormat, TextRules};

/// A string of at most 3 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v01`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV01(String);

runtime::text_type!(VersionsV01, TextRules::new().max_length(3));

/// A string of at most 5 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v02`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV02(String);

runtime::text_type!(VersionsV02, TextRules::new().max_length(5));

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v03`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV03(String);

runtime::text_type!(VersionsV03, TextRules::new().min_length(1));

/// A string of 1 to 3 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v04`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV04(String);

runtime::text_type!(VersionsV04, TextRules::new().min_length(1).max_length(3));

/// A string that matches `^a`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v05`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV05(String);

runtime::text_type!(VersionsV05, TextRules::new(), pattern = "^a");

/// A string that matches `^[a-c]*$`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v06`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV06(String);

runtime::text_type!(VersionsV06, TextRules::new(), pattern = "^[a-c]*$");

/// A string that matches `.*`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v07`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV07(String);

runtime::text_type!(VersionsV07, TextRules::new(), pattern = ".*");

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v08`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VersionsV08 {
    /// `a`
    A,
    /// `ab`
    Ab,
}

runtime::enum_type!(VersionsV08 { A = "a", Ab = "ab" });

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v09`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VersionsV09 {
    /// `a`
    A,
    /// `ab`
    Ab,
    /// `abcdef`
    Abcdef,
}

runtime::enum_type!(VersionsV09 { A = "a", Ab = "ab", Abcdef = "abcdef" });

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v10`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VersionsV10 {
    /// `1`
    N1,
}

runtime::enum_type!(VersionsV10 { N1 = "1" });

/// A string, an email address (RFC 5321).
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v11`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV11(String);

runtime::text_type!(VersionsV11, TextRules::new().format(TextFormat::EMAIL));

/// A string, a URI (RFC 3986).
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v16`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV16(String);

runtime::text_type!(VersionsV16, TextRules::new().format(TextFormat::URI));

/// A string of at most 3 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v18`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV18(String);

runtime::text_type!(VersionsV18, TextRules::new().max_length(3));

/// An integer of at most 38 digits of at least 1.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v21`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV21(i128);

runtime::number_type!(VersionsV21(i128), NumberRules::new().minimum("1"));

/// An integer of at most 38 digits of at least 0.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v22`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV22(i128);

runtime::number_type!(VersionsV22(i128), NumberRules::new().minimum("0"));

/// An integer of at most 38 digits of at most 10.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v23`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV23(i128);

runtime::number_type!(VersionsV23(i128), NumberRules::new().maximum("10"));

/// A 64-bit integer from 1 to 10.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v24`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV24(i64);

runtime::number_type!(VersionsV24(i64), NumberRules::new().minimum("1").maximum("10"));

/// An integer of at most 38 digits above 1.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v25`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV25(i128);

runtime::number_type!(VersionsV25(i128), NumberRules::new().above("1"));

/// An integer of at most 38 digits, a multiple of 2.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v26`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV26(i128);

runtime::number_type!(VersionsV26(i128), NumberRules::new().multiple_of("2"));

/// An integer of at most 38 digits, a multiple of 4.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v27`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV27(i128);

runtime::number_type!(VersionsV27(i128), NumberRules::new().multiple_of("4"));

/// A 64-bit integer, 1 or 2.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v28`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV28(i64);

runtime::number_type!(VersionsV28(i64), NumberRules::new().one_of(&[1, 2]));

/// A 64-bit integer, 1 or 2 or 10.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v29`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV29(i64);

runtime::number_type!(VersionsV29(i64), NumberRules::new().one_of(&[1, 2, 10]));

/// An exact decimal number, a multiple of 0.5.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v33`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV33(Decimal);

runtime::number_type!(VersionsV33(Decimal), NumberRules::new().multiple_of("0.5"));

/// An exact decimal number of at least 0, a multiple of 0.01.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v34`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV34(Decimal);

runtime::number_type!(VersionsV34(Decimal), NumberRules::new().minimum("0").multiple_of("0.01"));

/// A double-precision number of at least 0.5.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v35`
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct VersionsV35(f64);

runtime::number_type!(VersionsV35(f64), NumberRules::new().minimum("0.5"));

/// A double-precision number below 2.5.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v36`
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct VersionsV36(f64);

runtime::number_type!(VersionsV36(f64), NumberRules::new().below("2.5"));

/// A string of at most 3 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v43/items`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV43Item(String);

runtime::text_type!(VersionsV43Item, TextRules::new().max_length(3));

/// A string of at most 3 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v64/anyOf/0`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV64String(String);

runtime::text_type!(VersionsV64String, TextRules::new().max_length(3));

/// A string that matches `^a`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v64/anyOf/1`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV64String2(String);

runtime::text_type!(VersionsV64String2, TextRules::new(), pattern = "^a");

/// A string of at most 3 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v65/oneOf/0`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV65String(String);

runtime::text_type!(VersionsV65String, TextRules::new().max_length(3));

/// A string that matches `^a`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v65/oneOf/1`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV65String2(String);

runtime::text_type!(VersionsV65String2, TextRules::new(), pattern = "^a");

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Anything`
pub type Anything = Json;

/// An exact decimal number as a string of at least 1.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v73`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV73(DecimalString);

runtime::number_type!(VersionsV73(DecimalString), NumberRules::new().minimum("1"));

/// An exact decimal number as a string of at least 0, a multiple of 0.5.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v74`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV74(DecimalString);

runtime::number_type!(
    VersionsV74(DecimalString),
    NumberRules::new().minimum("0").multiple_of("0.5")
);

/// A 64-bit integer from 0 to 4294967295.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v76`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV76(i64);

runtime::number_type!(VersionsV76(i64), NumberRules::new().minimum("0").maximum("4294967295"));

/// A string that matches `^(?!a)`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v77`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV77(String);

runtime::text_type!(VersionsV77, TextRules::new(), pattern = "^(?!a)");

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Cat/properties/kind`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CatKind {
    /// `cat`
    Cat,
}

runtime::enum_type!(CatKind { Cat = "cat" });

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Dog/properties/kind`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DogKind {
    /// `dog`
    Dog,
}

runtime::enum_type!(DogKind { Dog = "dog" });
