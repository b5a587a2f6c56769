// @generated from the contracts in spec/; edits are overwritten.

//! `sellSeats`: `POST /shows/{id}/sales`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1shows~1{id}~1sales/post`

use runtime::{
    Condition, Failure, NumberRules, Operation, Parts, Preconditions, Problem, Reply,
    Timestamp, Update, Updated, Uuid,
};

use crate::model::{SellSeatsBody, Status};
use crate::tables::{ShowFields, ShowKey, Tables};

/// The input of `sellSeats`.
#[derive(Debug, Clone, PartialEq)]
pub struct SellSeatsInput {
    /// The path parameter `id`.
    pub id: Uuid,
    /// The entity tag of the version to change.
    pub if_match: Option<String>,
    /// The body, `application/json`.
    pub body: SellSeatsBody,
}

impl SellSeatsInput {
    /// Creates a value from its required fields.
    pub fn new(id: Uuid, body: SellSeatsBody) -> Self {
        Self {
            id,
            if_match: Default::default(),
            body,
        }
    }
}

/// They are sold.
pub type SellSeatsOutput = ();

/// The error responses of `sellSeats`.
#[derive(Debug)]
pub enum SellSeatsError {
    /// `400`: What is wrong.
    BadRequest(Problem),
    /// `404`: What is wrong.
    NotFound(Problem),
    /// `409`: What is wrong.
    Conflict(Problem),
    /// `412`: The item no longer has the version in `If-Match`.
    PreconditionFailed(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    SellSeatsError,
    BadRequest = problem(400),
    NotFound = problem(404),
    Conflict = problem(409),
    PreconditionFailed = problem(412)
);

impl Operation for SellSeatsInput {
    type Output = SellSeatsOutput;
    type Error = SellSeatsError;
    const UNSUPPORTED: u16 = 400;
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Change {
        versioned: true,
    });

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let id = parts.path("id").required();
        let if_match = parts.header("If-Match").optional();
        let body = parts.json("application/json").required();
        Some(Self {
            id: id?,
            if_match: if_match?,
            body: body?,
        })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: SellSeatsInput,
) -> Result<SellSeatsOutput, SellSeatsError> {
    let if_match = input.if_match.as_ref().map(runtime::to_text);
    let key = ShowKey {
        id: Clone::clone(&input.id),
    };
    let update = Update::new()
        .add(ShowFields::VERSION, &1_i64)
        .set(ShowFields::UPDATED_AT, &Timestamp::now())
        .when(
            Condition::written("#status = :v0", &[("#status", "status")])
                .value(":v0", &runtime::preset::<Status>("\"open\""))
                .and(ShowFields::VERSION.tagged(if_match.as_deref())),
        );
    let update = update
        .add_within(
            ShowFields::SOLD,
            &input.body.seats,
            NumberRules::new().minimum("0").maximum("100"),
            None,
        );
    match tables.show.update(&key, update).await {
        Ok(Updated::Done(_)) => Ok(()),
        Ok(
            Updated::Refused(Some(found)),
        ) if !runtime::if_match(if_match.as_deref(), &found.version) => {
            let problem = Problem::new(
                412,
                "The item no longer has the version in `If-Match`.",
            );
            Err(SellSeatsError::PreconditionFailed(problem))
        }
        Ok(Updated::Refused(Some(_))) => {
            Err(SellSeatsError::Conflict(Problem::new(409, "What is wrong.")))
        }
        Ok(Updated::Refused(_)) => {
            Err(SellSeatsError::NotFound(Problem::new(404, "What is wrong.")))
        }
        Err(error) => Err(error.into()),
    }
}
