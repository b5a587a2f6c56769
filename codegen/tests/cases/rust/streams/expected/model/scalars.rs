// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::TextRules;

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/asyncapi.yaml#/components/schemas/Order/properties/id`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderId(String);

runtime::text_type!(OrderId, TextRules::new().min_length(1).max_length(40));

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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CustomerId(String);

runtime::text_type!(CustomerId, TextRules::new().min_length(1).max_length(40));

/// A string of at most 80 characters.
///
/// - **Source** `spec/shop/asyncapi.yaml#/components/schemas/Customer/properties/fullName`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CustomerFullName(String);

runtime::text_type!(CustomerFullName, TextRules::new().max_length(80));
