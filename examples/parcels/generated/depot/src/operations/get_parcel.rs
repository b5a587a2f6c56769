// @generated from the contracts in spec/; edits are overwritten.

//! `getParcel`: `GET /parcel/{id}`.
//!
//! - **Source** `spec/depot/openapi.yaml#/paths/~1parcel~1{id}/get`

use runtime::{Access, Failure, Operation, Parts, Problem, Reply, Requirement};

use crate::model::{Parcel, ParcelId};
use crate::tables::{ParcelKey, Tables};

/// The input of `getParcel`.
#[derive(Debug, Clone, PartialEq)]
pub struct GetParcelInput {
    /// The path parameter `id`.
    pub id: ParcelId,
}

impl GetParcelInput {
    /// Creates a value from its required fields.
    pub fn new(id: ParcelId) -> Self {
        Self { id }
    }
}

/// The parcel.
pub type GetParcelOutput = Parcel;

/// The error responses of `getParcel`.
#[derive(Debug)]
pub enum GetParcelError {
    /// `400`: The request violates the contract.
    BadRequest(Problem),
    /// `401`: The credentials are missing or not valid.
    Unauthorized(Problem),
    /// `403`: The credentials do not allow it.
    Forbidden(Problem),
    /// `404`: There is no such parcel.
    NotFound(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    GetParcelError,
    BadRequest = problem(400),
    Unauthorized = problem(401),
    Forbidden = problem(403),
    NotFound = problem(404)
);

impl Operation for GetParcelInput {
    type Output = GetParcelOutput;
    type Error = GetParcelError;
    const ACCESS: &'static Access = &[&[Requirement::token("login", &[])]];
    const CHALLENGE: &'static str = "Bearer";

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
    input: GetParcelInput,
) -> Result<GetParcelOutput, GetParcelError> {
    let key = ParcelKey { id: input.id };
    match tables.parcel.get(&key).await {
        Ok(Some(item)) => Ok(item),
        Ok(None) => {
            Err(GetParcelError::NotFound(Problem::new(404, "There is no such parcel.")))
        }
        Err(error) => Err(error.into()),
    }
}
