// @generated from the contracts in spec/; edits are overwritten.

//! Contract of the Basket service, version 1.0.0.
//!
//! What customers mean to buy, and the checkout that turns it into an order.
//!
//! Contact: [Shop team](https://shop.example.com).
//!
//! License: [Apache-2.0](https://www.apache.org/licenses/LICENSE-2.0).
//!
//! Server `https://api.shop.example.com`: Production
//!
//! - **Source** `spec/basket/openapi.yaml#/info`

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
