// @generated from the contracts in spec/; edits are overwritten.

//! `listPlain`: `GET /plain`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1plain/get`

use runtime::{Failure, Operation, Parts, Reply};

/// The input of `listPlain`.
#[derive(Debug, Clone, PartialEq)]
pub struct ListPlainInput {
    /// The query parameter `limit`.
    pub limit: i128,
}

impl ListPlainInput {
    /// Creates a value from its required fields.
    pub fn new(limit: i128) -> Self {
        Self { limit }
    }
}

/// None.
pub type ListPlainOutput = ();

/// The error responses of `listPlain`.
#[derive(Debug)]
pub enum ListPlainError {
    /// `400`: A text.
    BadRequest(String),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ListPlainError, BadRequest = text(400, "text/plain"));

impl Operation for ListPlainInput {
    type Output = ListPlainOutput;
    type Error = ListPlainError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let limit = parts.query("limit").required();
        Some(Self { limit: limit? })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
