// @generated from the contracts in spec/; edits are overwritten.

//! Contract of the Billing service, version 1.0.0.
//!
//! Charges for parcels.
//!
//! Generated from the contract. To change it, edit the contract and generate again.
//!
//! - **Source** `spec/billing/asyncapi.yaml#/info`

#[rustfmt::skip]
mod events;
#[rustfmt::skip]
mod model;
#[rustfmt::skip]
mod tables;

pub use events::*;
pub use model::*;
pub use tables::*;
