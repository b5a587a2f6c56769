// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::Text;

use super::rules;

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/asyncapi.yaml#/components/schemas/Order/properties/id`
pub type OrderId = Text<rules::OrderId>;

/// - **Source** `spec/shop/asyncapi.yaml#/components/schemas/Order/properties/status`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrderStatus {
    /// `open`
    Open,
    /// `paid`
    Paid,
}

runtime::enum_type!(OrderStatus { Open = "open", Paid = "paid" });

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/asyncapi.yaml#/components/schemas/Customer/properties/id`
pub type CustomerId = Text<rules::CustomerId>;

/// A string of at most 80 characters.
///
/// - **Source** `spec/shop/asyncapi.yaml#/components/schemas/Customer/properties/fullName`
pub type CustomerFullName = Text<rules::CustomerFullName>;
