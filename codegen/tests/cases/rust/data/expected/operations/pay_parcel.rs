// @generated from the contracts in spec/; edits are overwritten.

//! `payParcel`: `POST /parcels/{id}/payment`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1parcels~1{id}~1payment/post`

use runtime::{Failure, Operation, Parts, Preconditions, Problem, Reply, Update, Updated};

use crate::model::{Parcel, PayParcelBody, PayParcelId};
use crate::tables::{ParcelFields, ParcelKey, Tables};

/// The input of `payParcel`.
#[derive(Debug, Clone, PartialEq)]
pub struct PayParcelInput {
    /// The path parameter `id`.
    pub id: PayParcelId,
    /// The body, `application/json`.
    pub body: PayParcelBody,
}

impl PayParcelInput {
    /// Creates a value from its required fields.
    pub fn new(id: PayParcelId, body: PayParcelBody) -> Self {
        Self { id, body }
    }
}

/// The parcel.
pub type PayParcelOutput = Parcel;

/// The error responses of `payParcel`.
#[derive(Debug)]
pub enum PayParcelError {
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
    PayParcelError,
    BadRequest = problem(400),
    NotFound = problem(404),
    Conflict = problem(409)
);

impl Operation for PayParcelInput {
    type Output = PayParcelOutput;
    type Error = PayParcelError;
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
    input: PayParcelInput,
) -> Result<PayParcelOutput, PayParcelError> {
    if let Some(problem) = runtime::unstorable(&[("/body", &input.body)]) {
        return Err(PayParcelError::BadRequest(problem.with_status(400)));
    }
    let key = ParcelKey {
        id: runtime::rules::decode_value("id", &runtime::to_text(&input.id))?,
    };
    let update = Update::new().follow_states();
    let update = update.set(ParcelFields::PAYMENT, &input.body.payment);
    match tables.parcel.update(&key, update).await {
        Ok(Updated::Done(item)) => Ok(item),
        Ok(Updated::Refused(Some(_))) => {
            Err(PayParcelError::Conflict(Problem::new(409, "What is wrong.")))
        }
        Ok(Updated::Refused(_)) => {
            Err(PayParcelError::NotFound(Problem::new(404, "What is wrong.")))
        }
        Err(error) => Err(error.into()),
    }
}
