// @generated from the contracts in spec/; edits are overwritten.

//! `postThing`: `POST /things`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1things/post`

use runtime::{Failure, Operation, Parts, Reply};

use crate::model::Thing;

/// The input of `postThing`.
#[derive(Debug, Clone, PartialEq)]
pub struct PostThingInput {
    /// The body, `application/json`.
    pub body: Thing,
}

impl PostThingInput {
    /// Creates a value from its required fields.
    pub fn new(body: Thing) -> Self {
        Self { body }
    }
}

/// The same.
pub type PostThingOutput = Thing;

/// The error responses of `postThing`.
#[derive(Debug)]
pub enum PostThingError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(PostThingError);

impl Operation for PostThingInput {
    type Output = PostThingOutput;
    type Error = PostThingError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.json("application/json").required();
        Some(Self { body: body? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}
