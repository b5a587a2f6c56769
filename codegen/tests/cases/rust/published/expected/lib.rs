// @generated from the contracts in spec/; edits are overwritten.

//! Contract of the Shop service, version 1.0.0.
//!
//! Shop
//!
//! Generated from the contract. To change it, edit the contract and generate again.
//!
//! - **Source** `spec/shop/asyncapi.yaml#/info`

#[rustfmt::skip]
mod events;
#[rustfmt::skip]
mod model;

pub use events::*;
pub use model::*;
