// @generated from the contracts in spec/; edits are overwritten.

//! The Lambda authorizer of the API.

fn main() -> Result<(), runtime::Error> {
    runtime::run_authorizer(&authorizer::GUARDS)
}
