// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use std::collections::BTreeMap;

use runtime::{Json, Scalar, Text};

use super::rules;

/// A 64-bit integer, 1.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Choices/properties/whole`
pub type ChoicesWhole = Scalar<rules::ChoicesWhole>;

/// A 64-bit integer, 1.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Choices/properties/either`
pub type ChoicesEitherInteger = Scalar<rules::ChoicesEitherInteger>;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Choices/properties/either`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChoicesEitherString {
    /// `auto`
    Auto,
}

runtime::enum_type!(ChoicesEitherString { Auto = "auto" });

/// A 64-bit integer, 1 or 2.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Choices/properties/numbers`
pub type ChoicesNumbers = Scalar<rules::ChoicesNumbers>;

/// A 64-bit integer, 3.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Choices/properties/maybe`
pub type ChoicesMaybe = Scalar<rules::ChoicesMaybe>;

/// A 64-bit integer, 1.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Choices/properties/open`
pub type ChoicesOpenNumber = Scalar<rules::ChoicesOpenNumber>;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Choices/properties/open`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChoicesOpenString {
    /// `auto`
    Auto,
}

runtime::enum_type!(ChoicesOpenString { Auto = "auto" });

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Cat/properties/petType`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CatPetType {
    /// `cat`
    Cat,
}

runtime::enum_type!(CatPetType { Cat = "cat" });

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Dog/properties/petType`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DogPetType {
    /// `dog`
    Dog,
}

runtime::enum_type!(DogPetType { Dog = "dog" });

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/OtherPet/properties/petType`
pub type OtherPetPetType = Json;

/// A string that matches `^[a-z]+$`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Free/properties/kind`
pub type FreeKind = Text<rules::FreeKind>;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Bound/properties/kind`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BoundKind {
    /// `Bound`
    Bound,
}

runtime::enum_type!(BoundKind { Bound = "Bound" });

/// - **Source** `spec/shop/openapi.yaml#/paths/~1choices/get/parameters/0/schema`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReadChoicesFlagString {
    /// `all`
    All,
}

runtime::enum_type!(ReadChoicesFlagString { All = "all" });

/// A 64-bit integer, 1 or 2.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1choices/get/parameters/1/schema`
pub type ReadChoicesSizeNumber = Scalar<rules::ReadChoicesSizeNumber>;

/// - **Source** `spec/shop/openapi.yaml#/paths/~1choices/get/parameters/1/schema`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReadChoicesSizeString {
    /// `auto`
    Auto,
}

runtime::enum_type!(ReadChoicesSizeString { Auto = "auto" });

/// A 64-bit integer, 1.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1choices/get/parameters/2/schema/items`
pub type ReadChoicesSizesItemNumber = Scalar<rules::ReadChoicesSizesItemNumber>;

/// - **Source** `spec/shop/openapi.yaml#/paths/~1choices/get/parameters/2/schema/items`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReadChoicesSizesItemString {
    /// `auto`
    Auto,
}

runtime::enum_type!(ReadChoicesSizesItemString { Auto = "auto" });

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1choices/get/parameters/3/schema`
pub type ReadChoicesLeast = Json;

/// A 64-bit integer, 1.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1choices/get/parameters/5/schema`
pub type ReadChoicesXSizeNumber = Scalar<rules::ReadChoicesXSizeNumber>;

/// - **Source** `spec/shop/openapi.yaml#/paths/~1choices/get/parameters/5/schema`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReadChoicesXSizeString {
    /// `auto`
    Auto,
}

runtime::enum_type!(ReadChoicesXSizeString { Auto = "auto" });

/// An array of at most 3 items; each item is any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1places/get/parameters/0/schema`
pub type ReadPlacesBbox = Vec<Json>;

/// An array; each item is any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1places/get/parameters/1/schema`
pub type ReadPlacesOne = Vec<Json>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1places/get/parameters/2/schema`
pub type ReadPlacesPair = Json;

/// An object with any keys; each value is any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1places/get/parameters/3/schema`
pub type ReadPlacesNamed = BTreeMap<String, Json>;

/// An object with any keys; each value is any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1places/get/parameters/5/schema`
pub type ReadPlacesBeside = BTreeMap<String, Json>;

/// Any JSON.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1places/get/parameters/7/schema`
pub type ReadPlacesOther = Json;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Big/properties/kind`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BigKind {
    /// `Big`
    Big,
}

runtime::enum_type!(BigKind { Big = "Big" });

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Small/properties/kind`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SmallKind {
    /// `Small`
    Small,
}

runtime::enum_type!(SmallKind { Small = "Small" });

/// An array; each item is any JSON.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1places/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties/p`
pub type SendPlacesBodyP = Vec<Json>;
