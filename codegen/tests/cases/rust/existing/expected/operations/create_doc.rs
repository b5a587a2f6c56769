// @generated from the contracts in spec/; edits are overwritten.

//! `createDoc`: `POST /docs`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1docs/post`

use runtime::{Failure, Operation, Parts, Preconditions, Problem, Reply, Written};

use crate::model::{Doc, DocPlace, DocRequest};
use crate::tables::Tables;

/// The input of `createDoc`.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateDocInput {
    /// The body, `application/json`.
    pub body: DocRequest,
}

impl CreateDocInput {
    /// Creates a value from its required fields.
    pub fn new(body: DocRequest) -> Self {
        Self { body }
    }
}

/// The document.
pub type CreateDocOutput = Doc;

/// The error responses of `createDoc`.
#[derive(Debug)]
pub enum CreateDocError {
    /// `400`: It did not work.
    BadRequest(Problem),
    /// `409`: It did not work.
    Conflict(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(CreateDocError, BadRequest = problem(400), Conflict = problem(409));

impl Operation for CreateDocInput {
    type Output = CreateDocOutput;
    type Error = CreateDocError;
    const UNSUPPORTED: u16 = 400;
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Create);

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.json("application/json").required();
        Some(Self { body: body? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(201, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: CreateDocInput,
) -> Result<CreateDocOutput, CreateDocError> {
    if let Some(problem) = runtime::unstorable(&[("/body", &input.body)]) {
        return Err(CreateDocError::BadRequest(problem.with_status(400)));
    }
    let body = input.body;
    let item = Doc {
        id: body.id,
        owner_id: runtime::preset("\"nobody\""),
        title: body.title,
        nick: body.nick,
        role: Default::default(),
        visits: Default::default(),
        rating: Default::default(),
        copies: runtime::preset("10"),
        place: body
            .place
            .map(|value| {
                let form = value;
                DocPlace {
                    room: form.room,
                    level: Default::default(),
                    others: form.others,
                }
            }),
        shelf: Default::default(),
        others: body.others,
    };
    match tables.doc.create(&item).await {
        Ok(Written::Done) => Ok(item),
        Ok(Written::Refused(_)) => {
            Err(CreateDocError::Conflict(Problem::new(409, "It did not work.")))
        }
        Err(error) => Err(error.into()),
    }
}
