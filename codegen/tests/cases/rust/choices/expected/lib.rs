// @generated from the contracts in spec/; edits are overwritten.

//! Contract of the Shop service, version 1.0.0.
//!
//! Shop
//!
//! - **Source** `spec/shop/openapi.yaml#/info`

#[rustfmt::skip]
#[allow(missing_docs, reason = "not everything in the contract has a description")]
mod model;
#[rustfmt::skip]
mod operations;
#[rustfmt::skip]
mod routes;

pub use model::*;
pub use operations::*;
pub use routes::*;
