// @generated from the contracts in spec/; edits are overwritten.

//! `listOthers`: `GET /others`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1others/get`

use runtime::{Failure, Operation, Parts, Problem, Reply};

/// What `listOthers` takes.
#[derive(Debug, Clone, PartialEq)]
pub struct ListOthersInput {
    /// `limit` in the query.
    pub limit: i128,
}

impl ListOthersInput {
    /// With what the contract requires, and nothing else.
    pub fn new(limit: i128) -> Self {
        Self { limit }
    }
}

/// None.
pub type ListOthersOutput = ();

/// How `listOthers` fails.
#[derive(Debug)]
pub enum ListOthersError {
    /// `400`: A problem document after all.
    BadRequest(Problem),
    /// Anything else, by `?`: the client gets an opaque `500`, the log the failure.
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
