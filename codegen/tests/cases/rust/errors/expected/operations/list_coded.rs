// @generated from the contracts in spec/; edits are overwritten.

//! `listCoded`: `GET /coded`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1coded/get`

use runtime::{Failure, Operation, Parts, Reply};

use crate::model::Coded;

/// The input of `listCoded`.
#[derive(Debug, Clone, PartialEq)]
pub struct ListCodedInput {
    /// The query parameter `limit`.
    pub limit: i128,
}

impl ListCodedInput {
    /// Creates a value from its required fields.
    pub fn new(limit: i128) -> Self {
        Self { limit }
    }
}

/// None.
pub type ListCodedOutput = ();

/// The error responses of `listCoded`.
#[derive(Debug)]
pub enum ListCodedError {
    /// `400`: A problem document with a code, which only the rules know.
    BadRequest(Coded),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ListCodedError, BadRequest = json(400, "application/problem+json"));

impl Operation for ListCodedInput {
    type Output = ListCodedOutput;
    type Error = ListCodedError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let limit = parts.query("limit").required();
        Some(Self { limit: limit? })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
