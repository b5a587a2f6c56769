// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enums and other names.

use runtime::{NumberRules, TextRules};

/// The schema `ThingsType`.
///
/// - **Shape** a string of at most 8 characters
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things/properties/type`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThingsType(String);

runtime::text_type!(ThingsType, TextRules::new().max_length(8));

/// The schema `String`.
///
/// - **Shape** a string of at most 8 characters
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/String`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StringValue(String);

runtime::text_type!(StringValue, TextRules::new().max_length(8));

/// The schema `Decode`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Decode`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decode {
    /// The value `At`.
    At,
    /// The value `Decode`.
    Decode,
    /// The value `Option`.
    Option,
}

runtime::enum_type!(Decode { At = "At", Decode = "Decode", Option = "Option" });

/// The schema `Decimal`.
///
/// - **Shape** an exact decimal number of at least 0
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Decimal`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(runtime::Decimal);

runtime::number_type!(Decimal(runtime::Decimal), NumberRules::new().minimum("0"));

/// The schema `Operations`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Operations`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operations2 {
    /// The value `add`.
    Add,
    /// The value `remove`.
    Remove,
}

runtime::enum_type!(Operations2 { Add = "add", Remove = "remove" });
