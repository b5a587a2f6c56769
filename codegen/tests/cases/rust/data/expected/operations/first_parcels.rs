// @generated from the contracts in spec/; edits are overwritten.

//! `firstParcels`: `GET /parcels/first`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1parcels~1first/get`

use runtime::{Failure, Operation, Parts, Problem, Query, Reply};

use crate::model::{FirstParcelsLimit, Parcel};
use crate::tables::Tables;

/// The input of `firstParcels`.
#[derive(Debug, Clone, PartialEq)]
pub struct FirstParcelsInput {
    /// The query parameter `limit`.
    pub limit: FirstParcelsLimit,
}

impl FirstParcelsInput {
    /// Creates a value from its required fields.
    pub fn new(limit: FirstParcelsLimit) -> Self {
        Self { limit }
    }
}

/// The parcels.
pub type FirstParcelsOutput = Vec<Parcel>;

/// The error responses of `firstParcels`.
#[derive(Debug)]
pub enum FirstParcelsError {
    /// `400`: What is wrong.
    BadRequest(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(FirstParcelsError, BadRequest = problem(400));

impl Operation for FirstParcelsInput {
    type Output = FirstParcelsOutput;
    type Error = FirstParcelsError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let limit = parts.query("limit").required();
        Some(Self { limit: limit? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: FirstParcelsInput,
) -> Result<FirstParcelsOutput, FirstParcelsError> {
    let query = Query::all().limit(input.limit.get());
    match tables.parcel.first(query).await {
        Ok(items) => Ok(items),
        Err(error) => Err(error.into()),
    }
}
