// @generated from the contracts in spec/; edits are overwritten.

//! Contract of the Depot service, version 1.0.0.
//!
//! Takes parcels in, and sees them pass.
//!
//! Generated from the contract. To change it, edit the contract and generate again.
//!
//! - **Source** `spec/depot/openapi.yaml#/info`

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
