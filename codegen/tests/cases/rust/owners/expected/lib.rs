// @generated from the contracts in spec/; edits are overwritten.

//! Contract of the Owners service, version 1.
//!
//! Owners
//!
//! Generated from the contract. To change it, edit the contract and generate again.
//!
//! - **Source** `spec/shop/openapi.yaml#/info`

#[rustfmt::skip]
mod model;
#[rustfmt::skip]
mod operations;
#[rustfmt::skip]
mod routes;
#[rustfmt::skip]
mod tables;

pub use model::*;
pub use operations::*;
pub use routes::*;
pub use tables::*;
