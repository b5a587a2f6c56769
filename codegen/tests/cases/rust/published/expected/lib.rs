// @generated from the contracts in spec/; edits are overwritten.

//! Contract of the Shop service, version 1.0.0.
//!
//! Shop
//!
//! - **Source** `spec/shop/asyncapi.yaml#/info`

#[rustfmt::skip]
mod events;
#[rustfmt::skip]
#[allow(missing_docs, reason = "not everything in the contract has a description")]
mod model;

pub use events::*;
pub use model::*;
