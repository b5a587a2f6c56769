// @generated from the contracts in spec/; edits are overwritten.

//! `putParcel`: `PUT /parcels`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1parcels/put`

use runtime::{
    Condition, Failure, Operation, Parts, Preconditions, Problem, Reply, Written,
};

use crate::model::{Check, Parcel, ParcelCheck, ParcelCheckRequest, ParcelRequest};
use crate::tables::Tables;

/// The input of `putParcel`.
#[derive(Debug, Clone, PartialEq)]
pub struct PutParcelInput {
    /// `*` to store the item only if it does not exist yet.
    pub if_none_match: Option<String>,
    /// The body, `application/json`.
    pub body: ParcelRequest,
}

impl PutParcelInput {
    /// Creates a value from its required fields.
    pub fn new(body: ParcelRequest) -> Self {
        Self {
            if_none_match: Default::default(),
            body,
        }
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
    /// `412`: The item exists already.
    PreconditionFailed(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    PutParcelError,
    BadRequest = problem(400),
    Conflict = problem(409),
    PreconditionFailed = problem(412)
);

impl Operation for PutParcelInput {
    type Output = PutParcelOutput;
    type Error = PutParcelError;
    const UNSUPPORTED: u16 = 400;
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Store {
        versioned: false,
    });

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let if_none_match = parts.header("If-None-Match").optional();
        let body = parts.json("application/json").required();
        Some(Self {
            if_none_match: if_none_match?,
            body: body?,
        })
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
    if let Some(problem) = runtime::unstorable(&[("/body", &input.body)]) {
        return Err(PutParcelError::BadRequest(problem.with_status(400)));
    }
    let must_be_new = input.if_none_match.as_ref().map(runtime::to_text);
    let must_be_new = runtime::must_be_new(must_be_new.as_deref());
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
    let condition = Condition::item_absent_if(must_be_new)
        .and(Condition::states_follow(&item));
    match tables.parcel.put_if(&item, condition).await {
        Ok(Written::Done) => Ok(item),
        Ok(Written::Refused(_)) if must_be_new => {
            let problem = Problem::new(412, "The item exists already.");
            Err(PutParcelError::PreconditionFailed(problem))
        }
        Ok(Written::Refused(_)) => {
            Err(PutParcelError::Conflict(Problem::new(409, "What is wrong.")))
        }
        Err(error) => Err(error.into()),
    }
}
