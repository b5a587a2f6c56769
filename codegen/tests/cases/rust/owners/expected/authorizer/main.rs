// @generated from the contracts in spec/; edits are overwritten.

//! The Lambda authorizer in front of the API.

fn main() -> Result<(), runtime::Error> {
    runtime::run_authorizer(&authorizer::GUARDS)
}
