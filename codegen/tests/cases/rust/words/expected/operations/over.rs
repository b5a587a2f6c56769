// @generated from the contracts in spec/; edits are overwritten.

//! `over`: `POST /over`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1over/post`

use runtime::{Failure, Operation, Parts, Reply};

/// The input of `over`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OverInput {}

/// d
pub type OverOutput = ();

/// The error responses of `over`.
#[derive(Debug)]
pub enum OverError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(OverError);

impl Operation for OverInput {
    type Output = OverOutput;
    type Error = OverError;

    fn read(_: &mut Parts<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
