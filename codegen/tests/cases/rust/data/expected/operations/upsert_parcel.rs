// @generated from the contracts in spec/; edits are overwritten.

//! `upsertParcel`: `PUT /parcels/{id}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1parcels~1{id}/put`

use runtime::{
    Condition, Failure, Operation, Parts, Preconditions, Problem, Reply, Update, Updated,
    Written,
};

use crate::model::{
    Check, Parcel, ParcelCheck, ParcelCheckRequest, ParcelRequest, UpsertParcelId,
};
use crate::tables::{ParcelKey, Tables};

/// The input of `upsertParcel`.
#[derive(Debug, Clone, PartialEq)]
pub struct UpsertParcelInput {
    /// The path parameter `id`.
    pub id: UpsertParcelId,
    /// `*` to store the item only if it does not exist yet.
    pub if_none_match: Option<String>,
    /// The body, `application/json`.
    pub body: ParcelRequest,
}

impl UpsertParcelInput {
    /// Creates a value from its required fields.
    pub fn new(id: UpsertParcelId, body: ParcelRequest) -> Self {
        Self {
            id,
            if_none_match: Default::default(),
            body,
        }
    }
}

/// The parcel.
pub type UpsertParcelOutput = Parcel;

/// The error responses of `upsertParcel`.
#[derive(Debug)]
pub enum UpsertParcelError {
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
    UpsertParcelError,
    BadRequest = problem(400),
    Conflict = problem(409),
    PreconditionFailed = problem(412)
);

impl Operation for UpsertParcelInput {
    type Output = UpsertParcelOutput;
    type Error = UpsertParcelError;
    const UNSUPPORTED: u16 = 400;
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Store {
        versioned: false,
    });

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let id = parts.path("id").required();
        let if_none_match = parts.header("If-None-Match").optional();
        let body = parts.json("application/json").required();
        Some(Self {
            id: id?,
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
    input: UpsertParcelInput,
) -> Result<UpsertParcelOutput, UpsertParcelError> {
    if let Some(problem) = runtime::unstorable(&[("/body", &input.body)]) {
        return Err(UpsertParcelError::BadRequest(problem.with_status(400)));
    }
    let must_be_new = input.if_none_match.as_ref().map(runtime::to_text);
    let must_be_new = runtime::must_be_new(must_be_new.as_deref());
    let key = ParcelKey {
        id: runtime::rules::decode_value("id", &runtime::to_text(&input.id))?,
    };
    let update = Update::new()
        .replace(
            &input.body,
            &["stage", "last", "payment", "note", "weight", "check"],
            &["id"],
        )?
        .follow_states();
    if runtime::to_text(&input.body.id) != runtime::to_text(&input.id) {
        return Err(
            UpsertParcelError::BadRequest(
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
    if must_be_new {
        return match tables.parcel.put_if(&item, Condition::item_absent()).await {
            Ok(Written::Done) => Ok(item),
            Ok(Written::Refused(_)) => {
                let problem = Problem::new(412, "The item exists already.");
                Err(UpsertParcelError::PreconditionFailed(problem))
            }
            Err(error) => Err(error.into()),
        };
    }
    for _ in 0..3 {
        match tables.parcel.update(&key, update.clone()).await {
            Ok(Updated::Done(item)) => return Ok(item),
            Ok(Updated::Refused(None)) => {}
            other => {
                return match other {
                    Ok(Updated::Refused(Some(_))) => {
                        Err(
                            UpsertParcelError::Conflict(
                                Problem::new(409, "What is wrong."),
                            ),
                        )
                    }
                    Err(error) => Err(error.into()),
                    Ok(_) => {
                        Err(
                            UpsertParcelError::Conflict(
                                Problem::new(409, "What is wrong."),
                            ),
                        )
                    }
                };
            }
        }
        match tables.parcel.put_if(&item, Condition::item_absent()).await {
            Ok(Written::Done) => return Ok(item),
            Ok(Written::Refused(_)) => {}
            other => {
                return match other {
                    Err(error) => Err(error.into()),
                    Ok(_) => {
                        Err(
                            UpsertParcelError::Conflict(
                                Problem::new(409, "What is wrong."),
                            ),
                        )
                    }
                };
            }
        }
    }
    Err(UpsertParcelError::Conflict(Problem::new(409, "What is wrong.")))
}
