// @generated from the contracts in spec/; edits are overwritten.

//! Contract of the Ordering service, version 1.0.0.
//!
//! The orders that checkouts became.
//!
//! Generated from the contract. To change it, edit the contract and generate again.
//!
//! - **Source** `spec/ordering/openapi.yaml#/info`

#[rustfmt::skip]
mod events;
#[rustfmt::skip]
mod model;
#[rustfmt::skip]
mod operations;
#[rustfmt::skip]
mod routes;
#[rustfmt::skip]
mod tables;

pub use events::*;
pub use model::*;
pub use operations::*;
pub use routes::*;
pub use tables::*;
