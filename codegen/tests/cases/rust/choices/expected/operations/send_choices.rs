// @generated from the contracts in spec/; edits are overwritten.

//! `sendChoices`: `POST /choices`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1choices/post`

use runtime::{Failure, Operation, Parts, Reply};

use crate::model::Choices;

/// The input of `sendChoices`.
#[derive(Debug, Clone, PartialEq)]
pub struct SendChoicesInput {
    /// The body, `application/json`.
    pub body: Choices,
}

impl SendChoicesInput {
    /// Creates a value from its required fields.
    pub fn new(body: Choices) -> Self {
        Self { body }
    }
}

/// It was taken.
pub type SendChoicesOutput = ();

/// The error responses of `sendChoices`.
#[derive(Debug)]
pub enum SendChoicesError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(SendChoicesError);

impl Operation for SendChoicesInput {
    type Output = SendChoicesOutput;
    type Error = SendChoicesError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.json("application/json").required();
        Some(Self { body: body? })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
