// @generated from the contracts in spec/; edits are overwritten.

//! `readThing`: `GET /thing/{id}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1thing~1{id}/get`

use runtime::{Failure, Operation, Parts, Reply};

use crate::model::Thing;

/// The input of `readThing`.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadThingInput {
    /// The path parameter `id`.
    pub id: String,
}

impl ReadThingInput {
    /// Creates a value from its required fields.
    pub fn new(id: String) -> Self {
        Self { id }
    }
}

/// The thing.
pub type ReadThingOutput = Thing;

/// The error responses of `readThing`.
#[derive(Debug)]
pub enum ReadThingError {
    /// `404`: There is none.
    NotFound,
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ReadThingError, NotFound = empty(404));

impl Operation for ReadThingInput {
    type Output = ReadThingOutput;
    type Error = ReadThingError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let id = parts.path("id").required();
        Some(Self { id: id? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}
