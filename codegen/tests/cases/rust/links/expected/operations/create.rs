// @generated from the contracts in spec/; edits are overwritten.

//! `create`: `POST /things`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1things/post`

use runtime::{Failure, Operation, Parts, Preconditions, Reply, Uuid, Written};

use crate::model::{Thing, ThingRequest};
use crate::tables::Tables;

/// The input of `create`.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateInput {
    /// The body, `application/json`.
    pub body: ThingRequest,
}

impl CreateInput {
    /// Creates a value from its required fields.
    pub fn new(body: ThingRequest) -> Self {
        Self { body }
    }
}

/// Created.
pub type CreateOutput = Thing;

/// The error responses of `create`.
#[derive(Debug)]
pub enum CreateError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(CreateError);

impl Operation for CreateInput {
    type Output = CreateOutput;
    type Error = CreateError;
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
    input: CreateInput,
) -> Result<CreateOutput, CreateError> {
    if let Some(problem) = runtime::unstorable(&[("/body", &input.body)]) {
        return Err(Failure::refused(problem.with_status(400)).into());
    }
    let body = input.body;
    let item = Thing {
        extra: body.extra,
        id: Uuid::new_v4(),
        note: body.note,
        others: body.others,
    };
    match tables.things.create(&item).await {
        Ok(Written::Done) => Ok(item),
        Ok(Written::Refused(_)) => {
            Err(Failure::message("the item already exists").into())
        }
        Err(error) => Err(error.into()),
    }
}
