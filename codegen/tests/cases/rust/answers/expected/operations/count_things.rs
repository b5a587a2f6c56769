// @generated from the contracts in spec/; edits are overwritten.

//! `countThings`: `GET /things`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1things/get`

use runtime::{Failure, Operation, Parts, Reply};

/// The input of `countThings`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CountThingsInput {}

/// How many there are.
pub type CountThingsOutput = i128;

/// The error responses of `countThings`.
#[derive(Debug)]
pub enum CountThingsError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(CountThingsError);

impl Operation for CountThingsInput {
    type Output = CountThingsOutput;
    type Error = CountThingsError;

    fn read(_: &mut Parts<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}
