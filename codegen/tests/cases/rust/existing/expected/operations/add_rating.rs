// @generated from the contracts in spec/; edits are overwritten.

//! `addRating`: `POST /docs/{id}/rating`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1docs~1{id}~1rating/post`

use runtime::{
    Decimal, Failure, NumberRules, Operation, Parts, Preconditions, Problem, Reply,
    Update, Updated,
};

use crate::model::{AddRatingId, Doc};
use crate::tables::{DocFields, DocKey, Tables};

/// The input of `addRating`.
#[derive(Debug, Clone, PartialEq)]
pub struct AddRatingInput {
    /// The path parameter `id`.
    pub id: AddRatingId,
    /// The query parameter `by`.
    pub by: Decimal,
}

impl AddRatingInput {
    /// Creates a value from its required fields.
    pub fn new(id: AddRatingId, by: Decimal) -> Self {
        Self { id, by }
    }
}

/// The document.
pub type AddRatingOutput = Doc;

/// The error responses of `addRating`.
#[derive(Debug)]
pub enum AddRatingError {
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
    AddRatingError,
    BadRequest = problem(400),
    NotFound = problem(404),
    Conflict = problem(409)
);

impl Operation for AddRatingInput {
    type Output = AddRatingOutput;
    type Error = AddRatingError;
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
    input: AddRatingInput,
) -> Result<AddRatingOutput, AddRatingError> {
    if let Some(problem) = runtime::unstorable(&[("/query/by", &input.by)]) {
        return Err(AddRatingError::BadRequest(problem.with_status(400)));
    }
    let key = DocKey {
        id: runtime::rules::decode_value("id", &runtime::to_text(&input.id))?,
    };
    let update = Update::new();
    let update = update
        .add_within(
            DocFields::RATING,
            &input.by,
            NumberRules::new().above("0").below("5"),
            None,
        );
    match tables.doc.update(&key, update).await {
        Ok(Updated::Done(item)) => Ok(item),
        Ok(Updated::Refused(Some(_))) => {
            Err(AddRatingError::Conflict(Problem::new(409, "It did not work.")))
        }
        Ok(Updated::Refused(_)) => {
            Err(AddRatingError::NotFound(Problem::new(404, "It did not work.")))
        }
        Err(error) => Err(error.into()),
    }
}
