// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::TextRules;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1self~1{type}/parameters/0/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SelfOperationType(String);

runtime::text_type!(SelfOperationType, TextRules::new().min_length(1));

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/self/properties/type`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SelfType(String);

runtime::text_type!(SelfType, TextRules::new().min_length(1));

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/self/properties/key`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SelfKey(String);

runtime::text_type!(SelfKey, TextRules::new().min_length(1));

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Self`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SelfValue2 {
    /// `self`
    Self_,
    /// `Self`
    Self2,
    /// `super`
    Super,
    /// `crate`
    Crate,
    /// `type`
    Type,
    /// `async`
    Async,
    /// ``
    Empty,
    /// `1`
    N1,
    /// `a-b`
    AB,
    /// `a_b`
    AB2,
    /// `None`
    None,
    /// `Ok`
    Ok,
    /// `decode`
    Decode,
}

runtime::enum_type!(
    SelfValue2 { Self_ = "self", Self2 = "Self", Super = "super", Crate = "crate", Type = "type", Async = "async", Empty = "", N1 = "1", AB = "a-b", AB2 = "a_b", None = "None", Ok = "Ok", Decode = "decode" }
);

/// A string that matches `^(a|b)$`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Mark`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark(String);

runtime::text_type!(Mark, TextRules::new(), pattern = "^(a|b)$");

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/aB/properties/key`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AbKey2(String);

runtime::text_type!(AbKey2, TextRules::new().min_length(1));

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/aB/properties/fields/properties/key`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AbFieldsKey(String);

runtime::text_type!(AbFieldsKey, TextRules::new().min_length(1));

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/other/properties/key`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OtherKey2(String);

runtime::text_type!(OtherKey2, TextRules::new().min_length(1));

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/third/properties/key`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThirdKey2(String);

runtime::text_type!(ThirdKey2, TextRules::new().min_length(1));
