// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::Scalar;

use super::rules;

/// A 64-bit integer, 1.
///
/// - **Source** `spec/shop/asyncapi.yaml#/components/messages/Sold/payload/properties/version`
pub type SoldVersion = Scalar<rules::SoldVersion>;

/// A 64-bit integer, 2.
///
/// - **Source** `spec/shop/asyncapi.yaml#/components/messages/SoldNew/payload/properties/version`
pub type SoldNewVersion = Scalar<rules::SoldNewVersion>;
