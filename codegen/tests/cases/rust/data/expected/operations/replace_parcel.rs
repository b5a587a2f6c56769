// @generated from the contracts in spec/; edits are overwritten.

//! `replaceParcel`: `PUT /parcels/{id}/whole`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1parcels~1{id}~1whole/put`

use runtime::{
    Condition, Failure, Operation, Parts, Preconditions, Problem, Reply, Written,
};

use crate::model::{
    Check, Parcel, ParcelCheck, ParcelCheckRequest, ParcelRequest, ReplaceParcelId,
};
use crate::tables::Tables;

/// The input of `replaceParcel`.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplaceParcelInput {
    /// The path parameter `id`.
    pub id: ReplaceParcelId,
    /// The body, `application/json`.
    pub body: ParcelRequest,
}

impl ReplaceParcelInput {
    /// Creates a value from its required fields.
    pub fn new(id: ReplaceParcelId, body: ParcelRequest) -> Self {
        Self { id, body }
    }
}

/// The parcel.
pub type ReplaceParcelOutput = Parcel;

/// The error responses of `replaceParcel`.
#[derive(Debug)]
pub enum ReplaceParcelError {
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
    ReplaceParcelError,
    BadRequest = problem(400),
    NotFound = problem(404),
    Conflict = problem(409)
);

impl Operation for ReplaceParcelInput {
    type Output = ReplaceParcelOutput;
    type Error = ReplaceParcelError;
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
    input: ReplaceParcelInput,
) -> Result<ReplaceParcelOutput, ReplaceParcelError> {
    if let Some(problem) = runtime::unstorable(&[("/body", &input.body)]) {
        return Err(ReplaceParcelError::BadRequest(problem.with_status(400)));
    }
    if runtime::to_text(&input.body.id) != runtime::to_text(&input.id) {
        return Err(
            ReplaceParcelError::BadRequest(
                Problem::violation("/body/id", "found another key than in the path"),
            ),
        );
    }
    let body = input.body;
    let item = Parcel {
        id: body.id,
        stage: body.stage,
        last: body.last,
        payment: body.payment,
        note: body.note,
        weight: body.weight,
        check: body
            .check
            .map(|value| match value {
                ParcelCheckRequest::String(value) => ParcelCheck::String(value),
                ParcelCheckRequest::Check(value) => {
                    ParcelCheck::Check({
                        let form = value;
                        Check {
                            by: form.by,
                            open: runtime::preset("true"),
                            others: form.others,
                        }
                    })
                }
            }),
        others: body.others,
    };
    let condition = Condition::item_exists().and(Condition::states_follow(&item));
    match tables.parcel.put_if(&item, condition).await {
        Ok(Written::Done) => Ok(item),
        Ok(Written::Refused(Some(_))) => {
            Err(ReplaceParcelError::Conflict(Problem::new(409, "What is wrong.")))
        }
        Ok(Written::Refused(_)) => {
            Err(ReplaceParcelError::NotFound(Problem::new(404, "What is wrong.")))
        }
        Err(error) => Err(error.into()),
    }
}
