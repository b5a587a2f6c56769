// @generated from the contracts in spec/; edits are overwritten.

//! `replaceDoc`: `PUT /docs/{id}/whole`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1docs~1{id}~1whole/put`

use runtime::{Failure, Operation, Parts, Preconditions, Problem, Reply, Update, Updated};

use crate::model::{Doc, DocRequest, ReplaceDocId};
use crate::tables::{DocKey, Tables};

/// The input of `replaceDoc`.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplaceDocInput {
    /// The path parameter `id`.
    pub id: ReplaceDocId,
    /// The body, `application/json`.
    pub body: DocRequest,
}

impl ReplaceDocInput {
    /// Creates a value from its required fields.
    pub fn new(id: ReplaceDocId, body: DocRequest) -> Self {
        Self { id, body }
    }
}

/// The document.
pub type ReplaceDocOutput = Doc;

/// The error responses of `replaceDoc`.
#[derive(Debug)]
pub enum ReplaceDocError {
    /// `400`: It did not work.
    BadRequest(Problem),
    /// `404`: It did not work.
    NotFound(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ReplaceDocError, BadRequest = problem(400), NotFound = problem(404));

impl Operation for ReplaceDocInput {
    type Output = ReplaceDocOutput;
    type Error = ReplaceDocError;
    const UNSUPPORTED: u16 = 400;
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Change {
        versioned: false,
    });

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let id = parts.path("id").required();
        let body = parts.json("application/json").required();
        Some(Self { id: id?, body: body? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: ReplaceDocInput,
) -> Result<ReplaceDocOutput, ReplaceDocError> {
    if let Some(problem) = runtime::unstorable(&[("/body", &input.body)]) {
        return Err(ReplaceDocError::BadRequest(problem.with_status(400)));
    }
    if runtime::to_text(&input.body.id) != runtime::to_text(&input.id) {
        return Err(
            ReplaceDocError::BadRequest(
                Problem::violation("/body/id", "found another key than in the path"),
            ),
        );
    }
    let key = DocKey {
        id: runtime::rules::decode_value("id", &runtime::to_text(&input.id))?,
    };
    let update = Update::new()
        .replace(
            &input.body,
            &["title", "nick", "place"],
            &["id", "ownerId", "role", "visits", "rating", "copies", "shelf"],
        )?;
    match tables.doc.update(&key, update).await {
        Ok(Updated::Done(item)) => Ok(item),
        Ok(Updated::Refused(_)) => {
            Err(ReplaceDocError::NotFound(Problem::new(404, "It did not work.")))
        }
        Err(error) => Err(error.into()),
    }
}
