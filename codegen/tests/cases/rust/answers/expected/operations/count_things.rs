// @generated from the contracts in spec/; edits are overwritten.

//! `countThings`: `GET /things`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1things/get`

use runtime::{Failure, Operation, Parts, Reply};

/// What `countThings` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CountThingsInput {}

/// How many there are.
pub type CountThingsOutput = i128;

/// How `countThings` fails.
#[derive(Debug)]
pub enum CountThingsError {
    /// Anything else, by `?`: the client gets an opaque `500`, the log the failure.
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
