// @generated from the contracts in spec/; edits are overwritten.

//! Contract of the Links service, version 1.
//!
//! Links
//!
//! - **Source** `spec/shop/openapi.yaml#/info`

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

pub use model::*;
pub use operations::*;
pub use routes::*;
pub use tables::*;
