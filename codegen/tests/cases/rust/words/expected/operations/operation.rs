// @generated from the contracts in spec/; edits are overwritten.

//! `operation`: `GET /operation`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1operation/get`

use runtime::{Failure, Operation, Parts, Reply};

/// The input of `operation`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OperationInput {}

/// d
pub type OperationOutput = ();

/// The error responses of `operation`.
#[derive(Debug)]
pub enum OperationError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(OperationError);

impl Operation for OperationInput {
    type Output = OperationOutput;
    type Error = OperationError;

    fn read(_: &mut Parts<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
