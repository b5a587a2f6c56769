// @generated from the contracts in spec/; edits are overwritten.

//! `addVisits`: `POST /docs/{id}/visits`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1docs~1{id}~1visits/post`

use runtime::{
    Failure, NumberRules, Operation, Parts, Preconditions, Problem, Reply, Update,
    Updated,
};

use crate::model::{AddVisitsId, Doc};
use crate::tables::{DocFields, DocKey, Tables};

/// The input of `addVisits`.
#[derive(Debug, Clone, PartialEq)]
pub struct AddVisitsInput {
    /// The path parameter `id`.
    pub id: AddVisitsId,
    /// The query parameter `by`.
    pub by: i32,
}

impl AddVisitsInput {
    /// Creates a value from its required fields.
    pub fn new(id: AddVisitsId, by: i32) -> Self {
        Self { id, by }
    }
}

/// The document.
pub type AddVisitsOutput = Doc;

/// The error responses of `addVisits`.
#[derive(Debug)]
pub enum AddVisitsError {
    /// `400`: It did not work.
    BadRequest(Problem),
    /// `404`: It did not work.
    NotFound(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(AddVisitsError, BadRequest = problem(400), NotFound = problem(404));

impl Operation for AddVisitsInput {
    type Output = AddVisitsOutput;
    type Error = AddVisitsError;
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
    input: AddVisitsInput,
) -> Result<AddVisitsOutput, AddVisitsError> {
    let key = DocKey {
        id: runtime::rules::decode_value("id", &runtime::to_text(&input.id))?,
    };
    let update = Update::new();
    let update = update
        .add_within(
            DocFields::VISITS,
            &input.by,
            NumberRules::new().minimum("-2147483648").maximum("2147483647"),
            None,
        );
    match tables.doc.update(&key, update).await {
        Ok(Updated::Done(item)) => Ok(item),
        Ok(Updated::Refused(Some(_))) => {
            Err(Failure::message("the sum is out of the range of its type").into())
        }
        Ok(Updated::Refused(_)) => {
            Err(AddVisitsError::NotFound(Problem::new(404, "It did not work.")))
        }
        Err(error) => Err(error.into()),
    }
}
