// @generated from the contracts in spec/; edits are overwritten.

//! `sendVersions`: `POST /versions`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1versions/post`

use runtime::{Failure, Operation, Parts, Reply};

use crate::model::Versions;

/// What `sendVersions` takes.
#[derive(Debug, Clone, PartialEq)]
pub struct SendVersionsInput {
    /// The body, `application/json`.
    pub body: Versions,
}

impl SendVersionsInput {
    /// With what the contract requires, and nothing else.
    pub fn new(body: Versions) -> Self {
        Self { body }
    }
}

/// It was taken.
pub type SendVersionsOutput = ();

/// How `sendVersions` fails.
#[derive(Debug)]
pub enum SendVersionsError {
    /// Anything else, by `?`: the client gets an opaque `500`, the log the failure.
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
