// @generated from the contracts in spec/; edits are overwritten.

//! The Lambda authorizer in front of the API.
//!
//! Generated from the contracts; edit their `security` instead, and generate again.

#[rustfmt::skip]
mod guards;

fn main() -> Result<(), runtime::Error> {
    runtime::run_authorizer(&guards::GUARDS)
}
