// @generated from the contracts in spec/; edits are overwritten.

//! `getHealth`: `GET /health`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1health/get`

use runtime::{Failure, Operation, Parts, Reply};

/// The input of `getHealth`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetHealthInput {}

/// It does.
pub type GetHealthOutput = ();

/// The error responses of `getHealth`.
#[derive(Debug)]
pub enum GetHealthError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(GetHealthError);

impl Operation for GetHealthInput {
    type Output = GetHealthOutput;
    type Error = GetHealthError;

    fn read(_: &mut Parts<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
