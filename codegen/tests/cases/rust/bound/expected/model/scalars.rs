// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::NumberRules;

/// A 32-bit integer from 1 to 100.
///
/// - **Source** `spec/shop/openapi.yaml#/components/parameters/Limit/schema`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Limit(i32);

runtime::number_type!(Limit(i32), NumberRules::new().minimum("1").maximum("100"));

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TicketVersion(i64);

runtime::number_type!(TicketVersion(i64), NumberRules::new().minimum("1"));
