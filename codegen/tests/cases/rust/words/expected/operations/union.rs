// @generated from the contracts in spec/; edits are overwritten.

//! `union`: `GET /union`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1union/get`

use runtime::{Failure, Operation, Parts, Reply};

/// The input of `union`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UnionInput {}

/// d
pub type UnionOutput = ();

/// The error responses of `union`.
#[derive(Debug)]
pub enum UnionError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(UnionError);

impl Operation for UnionInput {
    type Output = UnionOutput;
    type Error = UnionError;

    fn read(_: &mut Parts<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
