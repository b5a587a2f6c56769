// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::Text;

use super::rules;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1self~1{type}/parameters/0/schema`
pub type SelfOperationType = Text<rules::SelfOperationType>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/self/properties/type`
pub type SelfType = Text<rules::SelfType>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/self/properties/key`
pub type SelfKey = Text<rules::SelfKey>;

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
pub type Mark = Text<rules::Mark>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/aB/properties/key`
pub type AbKey2 = Text<rules::AbKey2>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/aB/properties/fields/properties/key`
pub type AbFieldsKey = Text<rules::AbFieldsKey>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/other/properties/key`
pub type OtherKey2 = Text<rules::OtherKey2>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/third/properties/key`
pub type ThirdKey2 = Text<rules::ThirdKey2>;
