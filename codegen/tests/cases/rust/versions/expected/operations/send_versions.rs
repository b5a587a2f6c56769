// @generated from the contracts in spec/; edits are overwritten.

//! `sendVersions`: `POST /versions`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1versions/post`

use runtime::{Failure, Operation, Parts, Reply};

use crate::model::Versions;

/// The input of `sendVersions`.
#[derive(Debug, Clone, PartialEq)]
pub struct SendVersionsInput {
    /// The body, `application/json`.
    pub body: Versions,
}

impl SendVersionsInput {
    /// Creates a value from its required fields.
    pub fn new(body: Versions) -> Self {
        Self { body }
    }
}

/// It was taken.
pub type SendVersionsOutput = ();

/// The error responses of `sendVersions`.
#[derive(Debug)]
pub enum SendVersionsError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(SendVersionsError);

impl Operation for SendVersionsInput {
    type Output = SendVersionsOutput;
    type Error = SendVersionsError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.json("application/json").required();
        Some(Self { body: body? })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
