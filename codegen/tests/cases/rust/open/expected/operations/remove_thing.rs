// @generated from the contracts in spec/; edits are overwritten.

//! `removeThing`: `DELETE /thing/{id}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1thing~1{key}/delete`

use runtime::{Failure, Operation, Parts, Reply};

/// The input of `removeThing`.
#[derive(Debug, Clone, PartialEq)]
pub struct RemoveThingInput {
    /// The path parameter `id`.
    pub key: String,
}

impl RemoveThingInput {
    /// Creates a value from its required fields.
    pub fn new(key: String) -> Self {
        Self { key }
    }
}

/// It is gone.
pub type RemoveThingOutput = ();

/// The error responses of `removeThing`.
#[derive(Debug)]
pub enum RemoveThingError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(RemoveThingError);

impl Operation for RemoveThingInput {
    type Output = RemoveThingOutput;
    type Error = RemoveThingError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let key = parts.path("id").required();
        Some(Self { key: key? })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
