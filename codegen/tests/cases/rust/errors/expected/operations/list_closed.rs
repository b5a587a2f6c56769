// @generated from the contracts in spec/; edits are overwritten.

//! `listClosed`: `GET /closed`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1closed/get`

use runtime::{Failure, Operation, Parts, Reply};

use crate::model::Closed;

/// The input of `listClosed`.
#[derive(Debug, Clone, PartialEq)]
pub struct ListClosedInput {
    /// The query parameter `limit`.
    pub limit: i128,
}

impl ListClosedInput {
    /// Creates a value from its required fields.
    pub fn new(limit: i128) -> Self {
        Self { limit }
    }
}

/// None.
pub type ListClosedOutput = ();

/// The error responses of `listClosed`.
#[derive(Debug)]
pub enum ListClosedError {
    /// `400`: A problem document with no other members than its own.
    BadRequest(Closed),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ListClosedError, BadRequest = json(400, "application/problem+json"));

impl Operation for ListClosedInput {
    type Output = ListClosedOutput;
    type Error = ListClosedError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let limit = parts.query("limit").required();
        Some(Self { limit: limit? })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
