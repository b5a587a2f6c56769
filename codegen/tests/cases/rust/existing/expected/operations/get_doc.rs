// @generated from the contracts in spec/; edits are overwritten.

//! `getDoc`: `GET /docs/{id}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1docs~1{id}/get`

use runtime::{Failure, Operation, Parts, Problem, Reply};

use crate::model::{Doc, GetDocId};
use crate::tables::{DocKey, Tables};

/// The input of `getDoc`.
#[derive(Debug, Clone, PartialEq)]
pub struct GetDocInput {
    /// The path parameter `id`.
    pub id: GetDocId,
}

impl GetDocInput {
    /// Creates a value from its required fields.
    pub fn new(id: GetDocId) -> Self {
        Self { id }
    }
}

/// The document.
pub type GetDocOutput = Doc;

/// The error responses of `getDoc`.
#[derive(Debug)]
pub enum GetDocError {
    /// `404`: It did not work.
    NotFound(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(GetDocError, NotFound = problem(404));

impl Operation for GetDocInput {
    type Output = GetDocOutput;
    type Error = GetDocError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let id = parts.path("id").required();
        Some(Self { id: id? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: GetDocInput,
) -> Result<GetDocOutput, GetDocError> {
    let key = DocKey {
        id: runtime::rules::decode_value("id", &runtime::to_text(&input.id))?,
    };
    match tables.doc.get(&key).await {
        Ok(Some(item)) => Ok(item),
        Ok(None) => Err(GetDocError::NotFound(Problem::new(404, "It did not work."))),
        Err(error) => Err(error.into()),
    }
}
