// @generated from the contracts in spec/; edits are overwritten.

//! `try`: `GET /try`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1try/get`

use runtime::{Failure, Operation, Parts, Reply};

/// The input of `try`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TryInput {}

/// d
pub type TryOutput = ();

/// The error responses of `try`.
#[derive(Debug)]
pub enum TryError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(TryError);

impl Operation for TryInput {
    type Output = TryOutput;
    type Error = TryError;

    fn read(_: &mut Parts<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
