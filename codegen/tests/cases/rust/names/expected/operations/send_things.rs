// @generated from the contracts in spec/; edits are overwritten.

//! `sendThings`: `POST /things`.

use runtime::{Context, Failure, Parts, Reply, Request};

use crate::model::Things;
use super::Operations;

/// What `sendThings` takes.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1things/post`
#[derive(Debug, Clone, PartialEq)]
pub struct SendThingsInput {
    /// The body.
    ///
    /// - **Shape** body, `application/json`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1things/post/requestBody`
    pub body: Things,
}

impl SendThingsInput {
    /// With what the contract requires, and nothing else.
    pub fn new(body: Things) -> Self {
        Self { body }
    }
}

/// It was taken.
///
/// - **Status** `204`
/// - **Source** `spec/shop/openapi.yaml#/paths/~1things/post/responses/204`
pub type SendThingsOutput = ();

/// How `sendThings` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum SendThingsError {
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for SendThingsError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<SendThingsInput, runtime::Problem> {
    let mut parts = Parts::of(request);
    let body = parts.body("application/json");
    parts.finish(&[], || Some(SendThingsInput { body: body? }))
}

fn reply((): SendThingsOutput) -> Reply {
    Reply::empty(204)
}

impl From<SendThingsError> for Reply {
    fn from(error: SendThingsError) -> Self {
        match error {
            SendThingsError::Unexpected(failure) => Reply::failed(failure),
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
            match operations.send_things(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}
