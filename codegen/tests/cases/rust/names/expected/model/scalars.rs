// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{NumberRules, TextRules};

/// A string of at most 8 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things/properties/type`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThingsType(String);

runtime::text_type!(ThingsType, TextRules::new().max_length(8));

/// A string of at most 8 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/String`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StringValue(String);

runtime::text_type!(StringValue, TextRules::new().max_length(8));

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(runtime::Decimal);

runtime::number_type!(Decimal(runtime::Decimal), NumberRules::new().minimum("0"));

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Operations`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operations2 {
    /// `add`
    Add,
    /// `remove`
    Remove,
}

runtime::enum_type!(Operations2 { Add = "add", Remove = "remove" });
