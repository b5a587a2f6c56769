// @generated from the contracts in spec/; edits are overwritten.

//! `patchDoc`: `PATCH /docs/{id}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1docs~1{id}/patch`

use runtime::{Failure, Operation, Parts, Patched, Preconditions, Problem, Reply, Update};

use crate::model::{Doc, GetDocId, PatchDocBody};
use crate::tables::{DocKey, Tables};

/// The input of `patchDoc`.
#[derive(Debug, Clone, PartialEq)]
pub struct PatchDocInput {
    /// The path parameter `id`.
    pub id: GetDocId,
    /// The body, `application/merge-patch+json`.
    pub body: PatchDocBody,
}

impl PatchDocInput {
    /// Creates a value from its required fields.
    pub fn new(id: GetDocId, body: PatchDocBody) -> Self {
        Self { id, body }
    }
}

/// The document.
pub type PatchDocOutput = Doc;

/// The error responses of `patchDoc`.
#[derive(Debug)]
pub enum PatchDocError {
    /// `400`: It did not work.
    BadRequest(Problem),
    /// `404`: It did not work.
    NotFound(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(PatchDocError, BadRequest = problem(400), NotFound = problem(404));

impl Operation for PatchDocInput {
    type Output = PatchDocOutput;
    type Error = PatchDocError;
    const UNSUPPORTED: u16 = 400;
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Change {
        versioned: false,
    });

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let id = parts.path("id").required();
        let body = parts.json("application/merge-patch+json").required();
        Some(Self { id: id?, body: body? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: PatchDocInput,
) -> Result<PatchDocOutput, PatchDocError> {
    if let Some(problem) = runtime::unstorable(&[("/body", &input.body)]) {
        return Err(PatchDocError::BadRequest(problem.with_status(400)));
    }
    let key = DocKey {
        id: runtime::rules::decode_value("id", &runtime::to_text(&input.id))?,
    };
    let update = Update::new();
    match tables
        .doc
        .patch(
            &key,
            &input.body,
            &[
                "id",
                "ownerId",
                "role",
                "visits",
                "rating",
                "copies",
                "place/level",
                "shelf",
            ],
            update,
        )
        .await
    {
        Ok(Patched::Done(item)) => Ok(item),
        Ok(Patched::Refused(_)) => {
            Err(
                Failure::message(
                        "the item was changed concurrently; send the request again",
                    )
                    .into(),
            )
        }
        Ok(Patched::Missing) => {
            Err(PatchDocError::NotFound(Problem::new(404, "It did not work.")))
        }
        Ok(Patched::Invalid(problem)) => {
            Err(PatchDocError::BadRequest(problem.with_status(400)))
        }
        Err(error) => Err(error.into()),
    }
}
