// @generated from the contracts in spec/; edits are overwritten.

//! `putThing`: `PUT /things/{part}`.

use runtime::{Context, Failure, Parts, Problem, Reply, Request};

use crate::model::Thing;
use super::Operations;

/// What `putThing` takes.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/put`
#[derive(Debug, Clone, PartialEq)]
pub struct PutThingInput {
    /// A parameter.
    ///
    /// - **Shape** path parameter `part`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/parameters/0`
    pub part: String,
    /// The body.
    ///
    /// - **Shape** body, `application/json`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/put/requestBody`
    pub body: Option<Thing>,
}

impl PutThingInput {
    /// With what the contract requires, and nothing else.
    pub fn new(part: String) -> Self {
        Self {
            part,
            body: Default::default(),
        }
    }
}

/// It was taken.
///
/// - **Status** `204`
/// - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/put/responses/204`
pub type PutThingOutput = ();

/// How `putThing` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum PutThingError {
    /// What is wrong.
    ///
    /// - **Status** `400`
    /// - **Source** `spec/shop/openapi.yaml#/components/responses/Problem`
    BadRequest(Problem),
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for PutThingError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<PutThingInput, Problem> {
    let mut parts = Parts::of(request);
    let part = parts.path("part").required();
    let body = parts.optional_body("application/json");
    parts
        .finish(
            &[400],
            || Some(PutThingInput {
                part: part?,
                body: body?,
            }),
        )
}

fn reply((): PutThingOutput) -> Reply {
    Reply::empty(204)
}

impl From<PutThingError> for Reply {
    fn from(error: PutThingError) -> Self {
        match error {
            PutThingError::BadRequest(answer) => Reply::problem(answer.with_status(400)),
            PutThingError::Unexpected(failure) => Reply::failed(failure),
        }
    }
}

/// Answers a request.
pub(crate) async fn handle<O: Operations>(
    operations: &O,
    cx: &Context,
    request: &Request,
) -> Reply {
    match read(request) {
        Ok(input) => {
            match operations.put_thing(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}
