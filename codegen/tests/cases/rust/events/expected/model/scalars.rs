// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::NumberRules;

/// A 64-bit integer, 1.
///
/// - **Source** `spec/shop/asyncapi.yaml#/components/messages/Sold/payload/properties/version`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SoldVersion(i64);

runtime::number_type!(SoldVersion(i64), NumberRules::new().one_of(&[1]));

impl SoldVersion {
    /// The only value.
    pub const VALUE: Self = Self(1);
}

/// A 64-bit integer, 2.
///
/// - **Source** `spec/shop/asyncapi.yaml#/components/messages/SoldNew/payload/properties/version`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SoldNewVersion(i64);

runtime::number_type!(SoldNewVersion(i64), NumberRules::new().one_of(&[2]));

impl SoldNewVersion {
    /// The only value.
    pub const VALUE: Self = Self(2);
}
