// @generated from the contracts in spec/; edits are overwritten.

//! `listOthers`: `GET /others`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1others/get`

use runtime::{Failure, Operation, Parts, Problem, Reply};

/// The input of `listOthers`.
#[derive(Debug, Clone, PartialEq)]
pub struct ListOthersInput {
    /// The query parameter `limit`.
    pub limit: i128,
}

impl ListOthersInput {
    /// Creates a value from its required fields.
    pub fn new(limit: i128) -> Self {
        Self { limit }
    }
}

/// None.
pub type ListOthersOutput = ();

/// The error responses of `listOthers`.
#[derive(Debug)]
pub enum ListOthersError {
    /// `400`: A problem document after all.
    BadRequest(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ListOthersError, BadRequest = problem(400));

impl Operation for ListOthersInput {
    type Output = ListOthersOutput;
    type Error = ListOthersError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let limit = parts.query("limit").required();
        Some(Self { limit: limit? })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
