// @generated from the contracts in spec/; edits are overwritten.

//! `new`: `POST /new`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1new/post`

use runtime::{Failure, Operation, Parts, Reply};

/// The input of `new`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewInput {}

/// d
pub type NewOutput = ();

/// The error responses of `new`.
#[derive(Debug)]
pub enum NewError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(NewError);

impl Operation for NewInput {
    type Output = NewOutput;
    type Error = NewError;

    fn read(_: &mut Parts<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
