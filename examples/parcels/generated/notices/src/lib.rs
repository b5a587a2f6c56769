// @generated from the contracts in spec/; edits are overwritten.

//! Contract of the Notices service, version 1.0.0.
//!
//! Tells recipients.
//!
//! Generated from the contract. To change it, edit the contract and generate again.
//!
//! - **Source** `spec/notices/asyncapi.yaml#/info`

#[rustfmt::skip]
mod events;
#[rustfmt::skip]
mod model;
#[rustfmt::skip]
mod tables;

pub use events::*;
pub use model::*;
pub use tables::*;
