// @generated from the contracts in spec/; edits are overwritten.

//! Contract of the Product service, version 1.0.0.
//!
//! The catalogue of the shop.
//!
//! Generated from the contract. To change it, edit the contract and generate again.
//!
//! - **Source** `spec/product/openapi.yaml#/info`

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
