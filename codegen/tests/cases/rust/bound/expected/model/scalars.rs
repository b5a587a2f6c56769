// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enums and other names.

use runtime::NumberRules;

/// `Limit`
///
/// - **Shape** an integer of 32 bits from 1 to 100
/// - **Source** `spec/shop/openapi.yaml#/components/parameters/Limit/schema`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Limit(i32);

runtime::number_type!(Limit(i32), NumberRules::new().minimum("1").maximum("100"));
