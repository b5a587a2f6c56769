// @generated from the contracts in spec/; edits are overwritten.

//! `async`: `GET /async`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1async/get`

use runtime::{Failure, Operation, Parts, Reply};

/// The input of `async`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AsyncInput {}

/// d
pub type AsyncOutput = ();

/// The error responses of `async`.
#[derive(Debug)]
pub enum AsyncError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(AsyncError);

impl Operation for AsyncInput {
    type Output = AsyncOutput;
    type Error = AsyncError;

    fn read(_: &mut Parts<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
