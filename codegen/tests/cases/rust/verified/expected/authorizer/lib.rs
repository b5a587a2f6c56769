// @generated from the contracts in spec/; edits are overwritten.

//! Who may call which operation, as the Lambda authorizer in front of the API enforces it.
//!
//! Generated from the contracts; edit their `security` instead, and generate again.

#[rustfmt::skip]
mod guards;

#[rustfmt::skip]
mod callers;

pub use callers::{Callers, run};

pub use guards::GUARDS;
