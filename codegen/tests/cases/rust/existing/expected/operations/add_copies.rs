// @generated from the contracts in spec/; edits are overwritten.

//! `addCopies`: `POST /docs/{id}/copies`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1docs~1{id}~1copies/post`

use runtime::{
    Failure, NumberRules, Operation, Parts, Preconditions, Problem, Reply, Update,
    Updated,
};

use crate::model::{AddCopiesId, Doc};
use crate::tables::{DocFields, DocKey, Tables};

/// The input of `addCopies`.
#[derive(Debug, Clone, PartialEq)]
pub struct AddCopiesInput {
    /// The path parameter `id`.
    pub id: AddCopiesId,
    /// The query parameter `by`.
    pub by: i32,
}

impl AddCopiesInput {
    /// Creates a value from its required fields.
    pub fn new(id: AddCopiesId, by: i32) -> Self {
        Self { id, by }
    }
}

/// The document.
pub type AddCopiesOutput = Doc;

/// The error responses of `addCopies`.
#[derive(Debug)]
pub enum AddCopiesError {
    /// `400`: It did not work.
    BadRequest(Problem),
    /// `404`: It did not work.
    NotFound(Problem),
    /// `409`: It did not work.
    Conflict(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    AddCopiesError,
    BadRequest = problem(400),
    NotFound = problem(404),
    Conflict = problem(409)
);

impl Operation for AddCopiesInput {
    type Output = AddCopiesOutput;
    type Error = AddCopiesError;
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Change {
        versioned: false,
    });

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let id = parts.path("id").required();
        let by = parts.query("by").required();
        Some(Self { id: id?, by: by? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: AddCopiesInput,
) -> Result<AddCopiesOutput, AddCopiesError> {
    let key = DocKey {
        id: runtime::rules::decode_value("id", &runtime::to_text(&input.id))?,
    };
    let update = Update::new();
    let update = update
        .add_within(
            DocFields::COPIES,
            &input.by,
            NumberRules::new().minimum("10").maximum("2147483647"),
            Some("10"),
        );
    match tables.doc.update(&key, update).await {
        Ok(Updated::Done(item)) => Ok(item),
        Ok(Updated::Refused(Some(_))) => {
            Err(AddCopiesError::Conflict(Problem::new(409, "It did not work.")))
        }
        Ok(Updated::Refused(_)) => {
            Err(AddCopiesError::NotFound(Problem::new(404, "It did not work.")))
        }
        Err(error) => Err(error.into()),
    }
}
