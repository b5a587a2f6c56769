// @generated from the contracts in spec/; edits are overwritten.

//! `clone`: `POST /clone`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1clone/post`

use runtime::{Failure, Operation, Parts, Reply};

/// The input of `clone`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CloneInput {}

/// d
pub type CloneOutput = ();

/// The error responses of `clone`.
#[derive(Debug)]
pub enum CloneError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(CloneError);

impl Operation for CloneInput {
    type Output = CloneOutput;
    type Error = CloneError;

    fn read(_: &mut Parts<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
