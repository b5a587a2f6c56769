// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{NumberRules, TextRules, Uuid};

use super::Open;

/// An integer of at most 38 digits of at most 100.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Limit`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Limit(i128);

runtime::number_type!(Limit(i128), NumberRules::new().maximum("100"));

/// A string.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Word`
pub type Word = String;

/// A string of at least 8 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Password`
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Password(String);

runtime::text_type!(sensitive Password, TextRules::new().min_length(8));

/// A UUID (RFC 9562).
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Identity`
pub type Identity = Uuid;

/// An integer of at most 38 digits of at least 5.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Few`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Few(i128);

runtime::number_type!(Few(i128), NumberRules::new().minimum("5"));

/// An array of at least 2 items; each item is an integer of at most 38 digits.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Pair`
pub type Pair = Vec<i128>;

/// What is shown.
///
/// - **Shape** a UUID (RFC 9562)
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Shown`
pub type Shown = Identity;

/// An open object that is known.
///
/// - **Shape** `Open`
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Known`
pub type Known = Open;

/// A string of at most 4 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Word4`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word4(String);

runtime::text_type!(Word4, TextRules::new().max_length(4));

/// A string of at most 4 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1built/post/parameters/1/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BuildPlaced(String);

runtime::text_type!(BuildPlaced, TextRules::new().max_length(4));

/// Set by the service.
///
/// - **Shape** a string of at most 4 characters
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Built/properties/placed`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BuiltPlaced(String);

runtime::text_type!(BuiltPlaced, TextRules::new().max_length(4));

/// A string of at most 4 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Fixed4`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fixed4(String);

runtime::text_type!(Fixed4, TextRules::new().max_length(4));

/// A string.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Letter`
pub type Letter = Word;

/// A string of at most 4 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Other`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Other(String);

runtime::text_type!(Other, TextRules::new().max_length(4));

/// Its own default.
///
/// - **Shape** a string of at most 4 characters
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Built/properties/own`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BuiltOwn(String);

runtime::text_type!(BuiltOwn, TextRules::new().max_length(4));
