// @generated from the contracts in spec/; edits are overwritten.

//! Contract of the Customers and their orders service, version 1.0.0.
//!
//! Customers and their orders
//!
//! - **Source** `spec/shop/openapi.yaml#/info`

#[rustfmt::skip]
mod events;
#[rustfmt::skip]
#[allow(missing_docs, reason = "not everything in the contract has a description")]
mod model;
#[rustfmt::skip]
mod operations;
#[rustfmt::skip]
mod routes;
#[rustfmt::skip]
#[allow(missing_docs, reason = "not everything in the contract has a description")]
mod tables;

pub use events::*;
pub use model::*;
pub use operations::*;
pub use routes::*;
pub use tables::*;
