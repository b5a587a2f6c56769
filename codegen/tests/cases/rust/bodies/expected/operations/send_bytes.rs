// @generated from the contracts in spec/; edits are overwritten.

//! `sendBytes`: `PUT /bytes`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1bytes/put`

use runtime::{Bytes, Failure, Operation, Parts, Reply};

/// What `sendBytes` takes.
#[derive(Debug, Clone, PartialEq)]
pub struct SendBytesInput {
    /// The body, `application/octet-stream`.
    pub body: Bytes,
}

impl SendBytesInput {
    /// With what the contract requires, and nothing else.
    pub fn new(body: Bytes) -> Self {
        Self { body }
    }
}

/// The same.
pub type SendBytesOutput = Bytes;

/// How `sendBytes` fails.
#[derive(Debug)]
pub enum SendBytesError {
    /// Anything else, by `?`: the client gets an opaque `500`, the log the failure.
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
