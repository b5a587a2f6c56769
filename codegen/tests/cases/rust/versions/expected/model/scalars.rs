// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enums and other names.

use runtime::{Decimal, DecimalString, Json, NumberRules, TextFormat, TextRules};

/// The schema `VersionsV01`.
///
/// - **Shape** a string of at most 3 characters
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v01`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV01(String);

runtime::text_type!(VersionsV01, TextRules::new().max_length(3));

/// The schema `VersionsV02`.
///
/// - **Shape** a string of at most 5 characters
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v02`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV02(String);

runtime::text_type!(VersionsV02, TextRules::new().max_length(5));

/// The schema `VersionsV03`.
///
/// - **Shape** a string of at least 1 characters
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v03`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV03(String);

runtime::text_type!(VersionsV03, TextRules::new().min_length(1));

/// The schema `VersionsV04`.
///
/// - **Shape** a string of 1 to 3 characters
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v04`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV04(String);

runtime::text_type!(VersionsV04, TextRules::new().min_length(1).max_length(3));

/// The schema `VersionsV05`.
///
/// - **Shape** a string that matches `^a`
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v05`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV05(String);

runtime::text_type!(VersionsV05, TextRules::new(), pattern = "^a");

/// The schema `VersionsV06`.
///
/// - **Shape** a string that matches `^[a-c]*$`
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v06`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV06(String);

runtime::text_type!(VersionsV06, TextRules::new(), pattern = "^[a-c]*$");

/// The schema `VersionsV07`.
///
/// - **Shape** a string that matches `.*`
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v07`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV07(String);

runtime::text_type!(VersionsV07, TextRules::new(), pattern = ".*");

/// The schema `VersionsV08`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v08`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VersionsV08 {
    /// The value `a`.
    A,
    /// The value `ab`.
    Ab,
}

runtime::enum_type!(VersionsV08 { A = "a", Ab = "ab" });

/// The schema `VersionsV09`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v09`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VersionsV09 {
    /// The value `a`.
    A,
    /// The value `ab`.
    Ab,
    /// The value `abcdef`.
    Abcdef,
}

runtime::enum_type!(VersionsV09 { A = "a", Ab = "ab", Abcdef = "abcdef" });

/// The schema `VersionsV10`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v10`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VersionsV10 {
    /// The value `1`.
    N1,
}

runtime::enum_type!(VersionsV10 { N1 = "1" });

/// The schema `VersionsV11`.
///
/// - **Shape** a string, an email address (RFC 5321)
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v11`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV11(String);

runtime::text_type!(VersionsV11, TextRules::new().format(TextFormat::EMAIL));

/// The schema `VersionsV16`.
///
/// - **Shape** a string, a URI (RFC 3986)
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v16`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV16(String);

runtime::text_type!(VersionsV16, TextRules::new().format(TextFormat::URI));

/// The schema `VersionsV18`.
///
/// - **Shape** a string of at most 3 characters
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v18`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV18(String);

runtime::text_type!(VersionsV18, TextRules::new().max_length(3));

/// The schema `VersionsV21`.
///
/// - **Shape** an integer of at most 38 digits of at least 1
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v21`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV21(i128);

runtime::number_type!(VersionsV21(i128), NumberRules::new().minimum("1"));

/// The schema `VersionsV22`.
///
/// - **Shape** an integer of at most 38 digits of at least 0
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v22`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV22(i128);

runtime::number_type!(VersionsV22(i128), NumberRules::new().minimum("0"));

/// The schema `VersionsV23`.
///
/// - **Shape** an integer of at most 38 digits of at most 10
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v23`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV23(i128);

runtime::number_type!(VersionsV23(i128), NumberRules::new().maximum("10"));

/// The schema `VersionsV24`.
///
/// - **Shape** a 64-bit integer from 1 to 10
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v24`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV24(i64);

runtime::number_type!(VersionsV24(i64), NumberRules::new().minimum("1").maximum("10"));

/// The schema `VersionsV25`.
///
/// - **Shape** an integer of at most 38 digits above 1
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v25`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV25(i128);

runtime::number_type!(VersionsV25(i128), NumberRules::new().above("1"));

/// The schema `VersionsV26`.
///
/// - **Shape** an integer of at most 38 digits, a multiple of 2
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v26`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV26(i128);

runtime::number_type!(VersionsV26(i128), NumberRules::new().multiple_of("2"));

/// The schema `VersionsV27`.
///
/// - **Shape** an integer of at most 38 digits, a multiple of 4
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v27`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV27(i128);

runtime::number_type!(VersionsV27(i128), NumberRules::new().multiple_of("4"));

/// The schema `VersionsV28`.
///
/// - **Shape** a 64-bit integer, 1 or 2
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v28`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV28(i64);

runtime::number_type!(VersionsV28(i64), NumberRules::new().one_of(&[1, 2]));

/// The schema `VersionsV29`.
///
/// - **Shape** a 64-bit integer, 1 or 2 or 10
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v29`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV29(i64);

runtime::number_type!(VersionsV29(i64), NumberRules::new().one_of(&[1, 2, 10]));

/// The schema `VersionsV33`.
///
/// - **Shape** an exact decimal number, a multiple of 0.5
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v33`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV33(Decimal);

runtime::number_type!(VersionsV33(Decimal), NumberRules::new().multiple_of("0.5"));

/// The schema `VersionsV34`.
///
/// - **Shape** an exact decimal number of at least 0, a multiple of 0.01
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v34`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV34(Decimal);

runtime::number_type!(VersionsV34(Decimal), NumberRules::new().minimum("0").multiple_of("0.01"));

/// The schema `VersionsV35`.
///
/// - **Shape** a double-precision number of at least 0.5
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v35`
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct VersionsV35(f64);

runtime::number_type!(VersionsV35(f64), NumberRules::new().minimum("0.5"));

/// The schema `VersionsV36`.
///
/// - **Shape** a double-precision number below 2.5
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v36`
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct VersionsV36(f64);

runtime::number_type!(VersionsV36(f64), NumberRules::new().below("2.5"));

/// The schema `VersionsV43Item`.
///
/// - **Shape** a string of at most 3 characters
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v43/items`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV43Item(String);

runtime::text_type!(VersionsV43Item, TextRules::new().max_length(3));

/// The schema `VersionsV64String`.
///
/// - **Shape** a string of at most 3 characters
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v64/anyOf/0`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV64String(String);

runtime::text_type!(VersionsV64String, TextRules::new().max_length(3));

/// The schema `VersionsV64String`.
///
/// - **Shape** a string that matches `^a`
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v64/anyOf/1`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV64String2(String);

runtime::text_type!(VersionsV64String2, TextRules::new(), pattern = "^a");

/// The schema `VersionsV65String`.
///
/// - **Shape** a string of at most 3 characters
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v65/oneOf/0`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV65String(String);

runtime::text_type!(VersionsV65String, TextRules::new().max_length(3));

/// The schema `VersionsV65String`.
///
/// - **Shape** a string that matches `^a`
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v65/oneOf/1`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV65String2(String);

runtime::text_type!(VersionsV65String2, TextRules::new(), pattern = "^a");

/// The schema `Anything`.
///
/// - **Shape** any JSON
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Anything`
pub type Anything = Json;

/// The schema `VersionsV73`.
///
/// - **Shape** an exact decimal number as a string of at least 1
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v73`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV73(DecimalString);

runtime::number_type!(VersionsV73(DecimalString), NumberRules::new().minimum("1"));

/// The schema `VersionsV74`.
///
/// - **Shape** an exact decimal number as a string of at least 0, a multiple of 0.5
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v74`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV74(DecimalString);

runtime::number_type!(
    VersionsV74(DecimalString),
    NumberRules::new().minimum("0").multiple_of("0.5")
);

/// The schema `VersionsV76`.
///
/// - **Shape** a 64-bit integer from 0 to 4294967295
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v76`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV76(i64);

runtime::number_type!(VersionsV76(i64), NumberRules::new().minimum("0").maximum("4294967295"));

/// The schema `VersionsV77`.
///
/// - **Shape** a string that matches `^(?!a)`
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v77`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionsV77(String);

runtime::text_type!(VersionsV77, TextRules::new(), pattern = "^(?!a)");

/// The schema `CatKind`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Cat/properties/kind`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CatKind {
    /// The value `cat`.
    Cat,
}

runtime::enum_type!(CatKind { Cat = "cat" });

/// The schema `DogKind`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Dog/properties/kind`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DogKind {
    /// The value `dog`.
    Dog,
}

runtime::enum_type!(DogKind { Dog = "dog" });
