// @generated from the contracts in spec/; edits are overwritten.

//! `sendPacked`: `PUT /packed`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1packed/put`

use runtime::{Bytes, Failure, Operation, Parts, Reply};

/// The input of `sendPacked`.
#[derive(Debug, Clone, PartialEq)]
pub struct SendPackedInput {
    /// The body, `application/vnd.google.protobuf`.
    pub body: Bytes,
}

impl SendPackedInput {
    /// Creates a value from its required fields.
    pub fn new(body: Bytes) -> Self {
        Self { body }
    }
}

/// The same.
pub type SendPackedOutput = Bytes;

/// The error responses of `sendPacked`.
#[derive(Debug)]
pub enum SendPackedError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(SendPackedError);

impl Operation for SendPackedInput {
    type Output = SendPackedOutput;
    type Error = SendPackedError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.bytes("application/vnd.google.protobuf").content();
        Some(Self { body: body? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::bytes(200, "application/senml+cbor", &answer)
    }
}
