// @generated from the contracts in spec/; edits are overwritten.

//! `sendRaw`: `POST /raw`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1raw/post`

use runtime::{Failure, Operation, Parts, Reply};

/// The input of `sendRaw`.
#[derive(Debug, Clone, PartialEq)]
pub struct SendRawInput {
    /// The body, `*/*`.
    pub body: String,
}

impl SendRawInput {
    /// Creates a value from its required fields.
    pub fn new(body: String) -> Self {
        Self { body }
    }
}

/// As it came.
pub type SendRawOutput = String;

/// The error responses of `sendRaw`.
#[derive(Debug)]
pub enum SendRawError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(SendRawError);

impl Operation for SendRawInput {
    type Output = SendRawOutput;
    type Error = SendRawError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.text("*/*").required();
        Some(Self { body: body? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::text(200, "text/plain", &answer)
    }
}
