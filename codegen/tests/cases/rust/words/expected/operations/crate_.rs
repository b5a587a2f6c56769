// @generated from the contracts in spec/; edits are overwritten.

//! `crate`: `GET /crate`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1crate/get`

use runtime::{Failure, Operation, Parts, Reply};

/// The input of `crate`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CrateInput {}

/// d
pub type CrateOutput = ();

/// The error responses of `crate`.
#[derive(Debug)]
pub enum CrateError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(CrateError);

impl Operation for CrateInput {
    type Output = CrateOutput;
    type Error = CrateError;

    fn read(_: &mut Parts<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
