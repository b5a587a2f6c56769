// @generated from the contracts in spec/; edits are overwritten.

//! Contract of the Basket service, version 1.0.0.
//!
//! What customers mean to buy, and the checkout that turns it into an order.
//!
//! Generated from the contract. To change it, edit the contract and generate again.
//!
//! - **Source** `spec/basket/openapi.yaml#/info`

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
