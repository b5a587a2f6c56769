// @generated from the contracts in spec/; edits are overwritten.

//! `result`: `GET /result`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1result/get`

use runtime::{Failure, Operation, Parts, Reply};

/// The input of `result`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ResultInput {}

/// d
pub type ResultOutput = ();

/// The error responses of `result`.
#[derive(Debug)]
pub enum ResultError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ResultError);

impl Operation for ResultInput {
    type Output = ResultOutput;
    type Error = ResultError;

    fn read(_: &mut Parts<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
