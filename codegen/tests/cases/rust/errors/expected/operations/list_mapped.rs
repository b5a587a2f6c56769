// @generated from the contracts in spec/; edits are overwritten.

//! `listMapped`: `GET /mapped`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1mapped/get`

use runtime::{Failure, Operation, Parts, Reply};

use crate::model::Mapped;

/// The input of `listMapped`.
#[derive(Debug, Clone, PartialEq)]
pub struct ListMappedInput {
    /// The query parameter `limit`.
    pub limit: i128,
}

impl ListMappedInput {
    /// Creates a value from its required fields.
    pub fn new(limit: i128) -> Self {
        Self { limit }
    }
}

/// None.
pub type ListMappedOutput = ();

/// The error responses of `listMapped`.
#[derive(Debug)]
pub enum ListMappedError {
    /// `400`: A problem document that the contract maps.
    BadRequest(Mapped),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ListMappedError, BadRequest = json(400, "application/problem+json"));

impl Operation for ListMappedInput {
    type Output = ListMappedOutput;
    type Error = ListMappedError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let limit = parts.query("limit").required();
        Some(Self { limit: limit? })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
