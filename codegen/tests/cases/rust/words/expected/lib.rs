// @generated from the contracts in spec/; edits are overwritten.

//! Contract of the Words service, version 1.0.0.
//!
//! Words
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
