// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{Scalar, Sensitive, Text};

use super::rules;

/// A 32-bit integer from 1 to 100.
///
/// - **Source** `spec/shop/openapi.yaml#/components/parameters/Limit/schema`
pub type Limit = Scalar<rules::Limit>;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Ticket/properties/status`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TicketStatus {
    /// `open`
    Open,
    /// `closed`
    Closed,
}

runtime::enum_type!(TicketStatus { Open = "open", Closed = "closed" });

/// A 64-bit integer of at least 1.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Ticket/properties/version`
pub type TicketVersion = Scalar<rules::TicketVersion>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Part/properties/id`
pub type PartId = Text<rules::PartId>;

/// A string.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Part/properties/mixed/oneOf/0`
pub type PartMixedString = Sensitive<String>;
