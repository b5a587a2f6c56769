// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{Json, Scalar, Text};

use super::rules;

/// A string of at most 3 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v01`
pub type VersionsV01 = Text<rules::VersionsV01>;

/// A string of at most 5 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v02`
pub type VersionsV02 = Text<rules::VersionsV02>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v03`
pub type VersionsV03 = Text<rules::VersionsV03>;

/// A string of 1 to 3 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v04`
pub type VersionsV04 = Text<rules::VersionsV04>;

/// A string that matches `^a`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v05`
pub type VersionsV05 = Text<rules::VersionsV05>;

/// A string that matches `^[a-c]*$`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v06`
pub type VersionsV06 = Text<rules::VersionsV06>;

/// A string that matches `.*`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v07`
pub type VersionsV07 = Text<rules::VersionsV07>;

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
pub type VersionsV11 = Text<rules::VersionsV11>;

/// A string, a URI (RFC 3986).
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v16`
pub type VersionsV16 = Text<rules::VersionsV16>;

/// A string of at most 3 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v18`
pub type VersionsV18 = Text<rules::VersionsV18>;

/// An integer of at most 38 digits of at least 1.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v21`
pub type VersionsV21 = Scalar<rules::VersionsV21>;

/// An integer of at most 38 digits of at least 0.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v22`
pub type VersionsV22 = Scalar<rules::VersionsV22>;

/// An integer of at most 38 digits of at most 10.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v23`
pub type VersionsV23 = Scalar<rules::VersionsV23>;

/// A 64-bit integer from 1 to 10.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v24`
pub type VersionsV24 = Scalar<rules::VersionsV24>;

/// An integer of at most 38 digits above 1.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v25`
pub type VersionsV25 = Scalar<rules::VersionsV25>;

/// An integer of at most 38 digits, a multiple of 2.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v26`
pub type VersionsV26 = Scalar<rules::VersionsV26>;

/// An integer of at most 38 digits, a multiple of 4.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v27`
pub type VersionsV27 = Scalar<rules::VersionsV27>;

/// A 64-bit integer, 1 or 2.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v28`
pub type VersionsV28 = Scalar<rules::VersionsV28>;

/// A 64-bit integer, 1 or 2 or 10.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v29`
pub type VersionsV29 = Scalar<rules::VersionsV29>;

/// An exact decimal number, a multiple of 0.5.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v33`
pub type VersionsV33 = Scalar<rules::VersionsV33>;

/// An exact decimal number of at least 0, a multiple of 0.01.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v34`
pub type VersionsV34 = Scalar<rules::VersionsV34>;

/// A double-precision number of at least 0.5.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v35`
pub type VersionsV35 = Scalar<rules::VersionsV35>;

/// A double-precision number below 2.5.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v36`
pub type VersionsV36 = Scalar<rules::VersionsV36>;

/// A string of at most 3 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v43/items`
pub type VersionsV43Item = Text<rules::VersionsV43Item>;

/// A string of at most 3 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v64/anyOf/0`
pub type VersionsV64String = Text<rules::VersionsV64String>;

/// A string that matches `^a`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v64/anyOf/1`
pub type VersionsV64String2 = Text<rules::VersionsV64String2>;

/// A string of at most 3 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v65/oneOf/0`
pub type VersionsV65String = Text<rules::VersionsV65String>;

/// A string that matches `^a`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v65/oneOf/1`
pub type VersionsV65String2 = Text<rules::VersionsV65String2>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Anything`
pub type Anything = Json;

/// An exact decimal number as a string of at least 1.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v73`
pub type VersionsV73 = Scalar<rules::VersionsV73>;

/// An exact decimal number as a string of at least 0, a multiple of 0.5.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v74`
pub type VersionsV74 = Scalar<rules::VersionsV74>;

/// A 64-bit integer from 0 to 4294967295.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v76`
pub type VersionsV76 = Scalar<rules::VersionsV76>;

/// A string that matches `^(?!a)`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v77`
pub type VersionsV77 = Text<rules::VersionsV77>;

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
