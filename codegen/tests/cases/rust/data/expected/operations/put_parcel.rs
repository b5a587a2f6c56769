// @generated from the contracts in spec/; edits are overwritten.

//! `putParcel`: `PUT /parcels`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1parcels/put`

use runtime::{Condition, Failure, Operation, Parts, Problem, Reply, Written};

use crate::model::Parcel;
use crate::tables::Tables;

/// The input of `putParcel`.
#[derive(Debug, Clone, PartialEq)]
pub struct PutParcelInput {
    /// The body, `application/json`.
    pub body: Parcel,
}

impl PutParcelInput {
    /// Creates a value from its required fields.
    pub fn new(body: Parcel) -> Self {
        Self { body }
    }
}

/// The parcel.
pub type PutParcelOutput = Parcel;

/// The error responses of `putParcel`.
#[derive(Debug)]
pub enum PutParcelError {
    /// `400`: What is wrong.
    BadRequest(Problem),
    /// `409`: What is wrong.
    Conflict(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(PutParcelError, BadRequest = problem(400), Conflict = problem(409));

impl Operation for PutParcelInput {
    type Output = PutParcelOutput;
    type Error = PutParcelError;
    const UNSUPPORTED: u16 = 400;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.json("application/json").required();
        Some(Self { body: body? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: PutParcelInput,
) -> Result<PutParcelOutput, PutParcelError> {
    let item = input.body;
    let condition = Condition::states_follow(&item);
    match tables.parcel.put_if(&item, condition).await {
        Ok(Written::Done) => Ok(item),
        Ok(Written::Refused(_)) => {
            Err(PutParcelError::Conflict(Problem::new(409, "What is wrong.")))
        }
        Err(error) => Err(error.into()),
    }
}
