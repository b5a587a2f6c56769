// @generated from the contracts in spec/; edits are overwritten.

//! `sendLabelled`: `PUT /labelled`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1labelled/put`

use runtime::{Failure, Operation, Parts, Reply};

use crate::model::Other;

/// The input of `sendLabelled`.
#[derive(Debug, Clone, PartialEq)]
pub struct SendLabelledInput {
    /// The body, `application/json`.
    pub body: Other,
}

impl SendLabelledInput {
    /// Creates a value from its required fields.
    pub fn new(body: Other) -> Self {
        Self { body }
    }
}

/// With a profile.
pub type SendLabelledOutput = Other;

/// The error responses of `sendLabelled`.
#[derive(Debug)]
pub enum SendLabelledError {
    /// `404`: In a character set.
    NotFound(String),
    /// `409`: In one that is not written.
    Conflict(String),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    SendLabelledError,
    NotFound = text(404, "text/csv; header=present; charset=UTF-8"),
    Conflict = text(409, "text/csv")
);

impl Operation for SendLabelledInput {
    type Output = SendLabelledOutput;
    type Error = SendLabelledError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.json("application/json").required();
        Some(Self { body: body? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/hal+json; profile=\"a b\"", &answer)
    }
}
