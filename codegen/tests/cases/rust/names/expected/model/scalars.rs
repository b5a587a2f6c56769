// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{Scalar, Text};

use super::rules;

/// A string of at most 8 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things/properties/type`
pub type ThingsType = Text<rules::ThingsType>;

/// A string of at most 8 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/String`
pub type StringValue = Text<rules::StringValue>;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Decode`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decode {
    /// `At`
    At,
    /// `Decode`
    Decode,
    /// `Option`
    Option,
}

runtime::enum_type!(Decode { At = "At", Decode = "Decode", Option = "Option" });

/// An exact decimal number of at least 0.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Decimal`
pub type Decimal = Scalar<rules::Decimal>;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Operations`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operations2 {
    /// `add`
    Add,
    /// `remove`
    Remove,
}

runtime::enum_type!(Operations2 { Add = "add", Remove = "remove" });
