// @generated from the contracts in spec/; edits are overwritten.

//! `getShow`: `GET /shows/{id}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1shows~1{id}/get`

use runtime::{Failure, Operation, Parts, Problem, Reply, Uuid};

use crate::model::Show;
use crate::tables::{ShowKey, Tables};

/// The input of `getShow`.
#[derive(Debug, Clone, PartialEq)]
pub struct GetShowInput {
    /// The path parameter `id`.
    pub id: Uuid,
}

impl GetShowInput {
    /// Creates a value from its required fields.
    pub fn new(id: Uuid) -> Self {
        Self { id }
    }
}

/// The show.
pub type GetShowOutput = Show;

/// The error responses of `getShow`.
#[derive(Debug)]
pub enum GetShowError {
    /// `400`: What is wrong.
    BadRequest(Problem),
    /// `404`: What is wrong.
    NotFound(Problem),
    /// `304`: The client already has this version.
    NotModified,
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    GetShowError,
    BadRequest = problem(400),
    NotFound = problem(404),
    NotModified = empty(304)
);

impl Operation for GetShowInput {
    type Output = GetShowOutput;
    type Error = GetShowError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let id = parts.path("id").required();
        Some(Self { id: id? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer).etag(&answer.version)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: GetShowInput,
) -> Result<GetShowOutput, GetShowError> {
    let key = ShowKey { id: input.id };
    match tables.show.get_consistent(&key).await {
        Ok(Some(item)) => Ok(item),
        Ok(None) => Err(GetShowError::NotFound(Problem::new(404, "What is wrong."))),
        Err(error) => Err(error.into()),
    }
}
