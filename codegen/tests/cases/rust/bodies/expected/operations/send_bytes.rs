// @generated from the contracts in spec/; edits are overwritten.

//! `sendBytes`: `PUT /bytes`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1bytes/put`

use runtime::{Bytes, Failure, Operation, Parts, Reply};

/// The input of `sendBytes`.
#[derive(Debug, Clone, PartialEq)]
pub struct SendBytesInput {
    /// The body, `application/octet-stream`.
    pub body: Bytes,
}

impl SendBytesInput {
    /// Creates a value from its required fields.
    pub fn new(body: Bytes) -> Self {
        Self { body }
    }
}

/// The same.
pub type SendBytesOutput = Bytes;

/// The error responses of `sendBytes`.
#[derive(Debug)]
pub enum SendBytesError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(SendBytesError);

impl Operation for SendBytesInput {
    type Output = SendBytesOutput;
    type Error = SendBytesError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.bytes("application/octet-stream").content();
        Some(Self { body: body? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::bytes(200, "application/pdf", &answer)
    }
}
