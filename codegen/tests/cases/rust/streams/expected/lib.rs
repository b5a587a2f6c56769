// @generated from the contracts in spec/; edits are overwritten.

//! Contract of the Changes of tables service, version 1.0.0.
//!
//! Changes of tables
//!
//! - **Source** `spec/shop/asyncapi.yaml#/info`

#[rustfmt::skip]
mod events;
#[rustfmt::skip]
#[allow(missing_docs, reason = "not everything in the contract has a description")]
mod model;
#[rustfmt::skip]
#[allow(missing_docs, reason = "not everything in the contract has a description")]
mod tables;

pub use events::*;
pub use model::*;
pub use tables::*;
