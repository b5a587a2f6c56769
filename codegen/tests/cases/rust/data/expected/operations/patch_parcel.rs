// @generated from the contracts in spec/; edits are overwritten.

//! `patchParcel`: `PATCH /parcels/{id}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1parcels~1{id}/patch`

use runtime::{Failure, Operation, Parts, Patched, Preconditions, Problem, Reply, Update};

use crate::model::{Parcel, PatchParcelBody, UpsertParcelId};
use crate::tables::{ParcelKey, Tables};

/// The input of `patchParcel`.
#[derive(Debug, Clone, PartialEq)]
pub struct PatchParcelInput {
    /// The path parameter `id`.
    pub id: UpsertParcelId,
    /// The body, `application/merge-patch+json`.
    pub body: PatchParcelBody,
}

impl PatchParcelInput {
    /// Creates a value from its required fields.
    pub fn new(id: UpsertParcelId, body: PatchParcelBody) -> Self {
        Self { id, body }
    }
}

/// The parcel.
pub type PatchParcelOutput = Parcel;

/// The error responses of `patchParcel`.
#[derive(Debug)]
pub enum PatchParcelError {
    /// `400`: What is wrong.
    BadRequest(Problem),
    /// `404`: What is wrong.
    NotFound(Problem),
    /// `409`: What is wrong.
    Conflict(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    PatchParcelError,
    BadRequest = problem(400),
    NotFound = problem(404),
    Conflict = problem(409)
);

impl Operation for PatchParcelInput {
    type Output = PatchParcelOutput;
    type Error = PatchParcelError;
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
    input: PatchParcelInput,
) -> Result<PatchParcelOutput, PatchParcelError> {
    if let Some(problem) = runtime::unstorable(&[("/body", &input.body)]) {
        return Err(PatchParcelError::BadRequest(problem.with_status(400)));
    }
    let key = ParcelKey {
        id: runtime::rules::decode_value("id", &runtime::to_text(&input.id))?,
    };
    let update = Update::new().follow_states();
    match tables.parcel.patch(&key, &input.body, &["id"], update).await {
        Ok(Patched::Done(item)) => Ok(item),
        Ok(Patched::Refused(_)) => {
            Err(PatchParcelError::Conflict(Problem::new(409, "What is wrong.")))
        }
        Ok(Patched::Missing) => {
            Err(PatchParcelError::NotFound(Problem::new(404, "What is wrong.")))
        }
        Ok(Patched::Invalid(problem)) => {
            Err(PatchParcelError::BadRequest(problem.with_status(400)))
        }
        Err(error) => Err(error.into()),
    }
}
