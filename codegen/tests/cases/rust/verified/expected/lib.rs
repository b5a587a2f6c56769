// @generated from the contracts in spec/; edits are overwritten.

//! Contract of the Shop service, version 1.
//!
//! Shop
//!
//! - **Source** `spec/shop/openapi.yaml#/info`

#[rustfmt::skip]
mod operations;
#[rustfmt::skip]
mod routes;

pub use operations::*;
pub use routes::*;
