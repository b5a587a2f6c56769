// @generated from the contracts in spec/; edits are overwritten.

//! `routes`: `GET /routes`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1routes/get`

use runtime::{Failure, Operation, Parts, Reply};

/// The input of `routes`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RoutesInput {}

/// Nothing.
pub type RoutesOutput = ();

/// The error responses of `routes`.
#[derive(Debug)]
pub enum RoutesError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(RoutesError);

impl Operation for RoutesInput {
    type Output = RoutesOutput;
    type Error = RoutesError;

    fn read(_: &mut Parts<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
