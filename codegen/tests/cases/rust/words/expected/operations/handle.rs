// @generated from the contracts in spec/; edits are overwritten.

//! `handle`: `GET /handle`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1handle/get`

use runtime::{Failure, Operation, Parts, Reply};

/// The input of `handle`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HandleInput {}

/// d
pub type HandleOutput = ();

/// The error responses of `handle`.
#[derive(Debug)]
pub enum HandleError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(HandleError);

impl Operation for HandleInput {
    type Output = HandleOutput;
    type Error = HandleError;

    fn read(_: &mut Parts<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
