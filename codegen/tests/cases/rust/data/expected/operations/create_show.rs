// @generated from the contracts in spec/; edits are overwritten.

//! `createShow`: `POST /shows`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1shows/post`

use runtime::{
    Failure, Operation, Parts, Preconditions, Problem, Reply, Timestamp, Uuid, Written,
};

use crate::model::{Show, ShowRequest};
use crate::tables::Tables;

/// The input of `createShow`.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateShowInput {
    /// The body, `application/json`.
    pub body: ShowRequest,
}

impl CreateShowInput {
    /// Creates a value from its required fields.
    pub fn new(body: ShowRequest) -> Self {
        Self { body }
    }
}

/// The show.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateShowOutput {
    /// The header `Location`.
    pub location: String,
    /// The body.
    pub body: Show,
}

impl CreateShowOutput {
    /// Creates a value from its required fields.
    pub fn new(location: String, body: Show) -> Self {
        Self { location, body }
    }
}

/// The error responses of `createShow`.
#[derive(Debug)]
pub enum CreateShowError {
    /// `400`: What is wrong.
    BadRequest(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(CreateShowError, BadRequest = problem(400));

impl Operation for CreateShowInput {
    type Output = CreateShowOutput;
    type Error = CreateShowError;
    const UNSUPPORTED: u16 = 400;
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Create);

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.json("application/json").required();
        Some(Self { body: body? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(201, "application/json", &answer.body)
            .header("Location", runtime::to_text(&answer.location))
            .etag(&answer.body.version)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: CreateShowInput,
) -> Result<CreateShowOutput, CreateShowError> {
    if let Some(problem) = runtime::unstorable(&[("/body", &input.body)]) {
        return Err(CreateShowError::BadRequest(problem.with_status(400)));
    }
    let body = input.body;
    let item = Show {
        id: Uuid::new_v4(),
        city: body.city,
        starts_at: body.starts_at,
        title: body.title,
        note: body.note,
        mood: body.mood,
        setup: body.setup,
        status: body.status,
        price: body.price,
        sold: runtime::preset("0"),
        opened_at: Default::default(),
        created_at: runtime::rules::decode_value(
            "createdAt",
            &Timestamp::now().to_string(),
        )?,
        updated_at: runtime::rules::decode_value(
            "updatedAt",
            &Timestamp::now().to_string(),
        )?,
        version: runtime::rules::decode_value("version", "1")?,
        others: body.others,
    };
    match tables.show.create(&item).await {
        Ok(Written::Done) => {
            Ok(CreateShowOutput {
                location: runtime::rules::decode_value(
                    "Location",
                    &runtime::fill_path("/shows/{id}", &[&item.id]),
                )?,
                body: item,
            })
        }
        Ok(Written::Refused(_)) => {
            Err(Failure::message("the item already exists").into())
        }
        Err(error) => Err(error.into()),
    }
}
