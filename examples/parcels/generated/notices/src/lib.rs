// @generated from the contracts in spec/; edits are overwritten.

//! Contract of the Notices service, version 1.0.0.
//!
//! Tells recipients.
//!
//! - **Source** `spec/notices/asyncapi.yaml#/info`

#[rustfmt::skip]
mod events;
#[rustfmt::skip]
#[allow(missing_docs, reason = "not everything in the contract has a description")]
mod model;
#[rustfmt::skip]
mod settings;
#[rustfmt::skip]
#[allow(missing_docs, reason = "not everything in the contract has a description")]
mod tables;

pub use events::*;
pub use model::*;
pub use settings::*;
pub use tables::*;
