// @generated from the contracts in spec/; edits are overwritten.

//! `sendAlike`: `POST /alike`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1alike/post`

use runtime::{Failure, Operation, Parts, Reply};

use crate::model::Other;

/// The input of `sendAlike`.
#[derive(Debug, Clone, PartialEq)]
pub struct SendAlikeInput {
    /// The body, `application/json` or `text/json` or `application/*+json`.
    pub body: Other,
}

impl SendAlikeInput {
    /// Creates a value from its required fields.
    pub fn new(body: Other) -> Self {
        Self { body }
    }
}

/// The same.
pub type SendAlikeOutput = Other;

/// The error responses of `sendAlike`.
#[derive(Debug)]
pub enum SendAlikeError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(SendAlikeError);

impl Operation for SendAlikeInput {
    type Output = SendAlikeOutput;
    type Error = SendAlikeError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = match parts
            .media_type(&["application/json", "text/json", "application/*+json"])
        {
            Some(0..=2) => parts.json("*/*").required(),
            _ => None,
        };
        Some(Self { body: body? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}
