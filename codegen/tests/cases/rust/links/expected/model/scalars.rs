// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{Redacted, Scalar, Text, Uuid};

use super::{Open, rules};

/// An integer of at most 38 digits of at most 100.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Limit`
pub type Limit = Scalar<rules::Limit>;

/// A string.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Word`
pub type Word = String;

/// A string of at least 8 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Password`
pub type Password = Redacted<Text<rules::Password>>;

/// A UUID (RFC 9562).
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Identity`
pub type Identity = Uuid;

/// An integer of at most 38 digits of at least 5.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Few`
pub type Few = Scalar<rules::Few>;

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
pub type Word4 = Text<rules::Word4>;

/// A string of at most 4 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1built/post/parameters/1/schema`
pub type BuildPlaced = Text<rules::BuildPlaced>;

/// Set by the service.
///
/// - **Shape** a string of at most 4 characters
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Built/properties/placed`
pub type BuiltPlaced = Text<rules::BuiltPlaced>;

/// A string of at most 4 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Fixed4`
pub type Fixed4 = Text<rules::Fixed4>;

/// A string.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Letter`
pub type Letter = Word;

/// A string of at most 4 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Other`
pub type Other = Text<rules::Other>;

/// Its own default.
///
/// - **Shape** a string of at most 4 characters
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Built/properties/own`
pub type BuiltOwn = Text<rules::BuiltOwn>;
