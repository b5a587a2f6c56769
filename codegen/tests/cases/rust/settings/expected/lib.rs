// @generated from the contracts in spec/; edits are overwritten.

//! Contract of the Shop service, version 1.0.0.
//!
//! Shop
//!
//! Generated from the contract. To change it, edit the contract and generate again.
//!
//! - **Source** `spec/shop/openapi.yaml#/info`

#[rustfmt::skip]
mod events;
#[rustfmt::skip]
mod model;
#[rustfmt::skip]
mod operations;
#[rustfmt::skip]
mod routes;
#[rustfmt::skip]
mod settings;

pub use events::*;
pub use model::*;
pub use operations::*;
pub use routes::*;
pub use settings::*;
