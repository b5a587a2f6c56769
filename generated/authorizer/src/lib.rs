// @generated from the contracts in spec/; edits are overwritten.

//! The Lambda authorizer of the API, with the authorization rules of each operation.
//!
//! Generated from the contracts. To change it, edit their `security` and generate again.

#[rustfmt::skip]
mod guards;

pub use guards::GUARDS;
