// @generated from the contracts in spec/; edits are overwritten.

//! `postThing`: `POST /things`.
//!
//! Takes one thing.

use runtime::{Context, Failure, Parts, Problem, Reply, Request};

use crate::model::Thing;
use super::Operations;

/// What `postThing` takes.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1things/post`
#[derive(Debug, Clone, PartialEq)]
pub struct PostThingInput {
    /// The body.
    ///
    /// - **Shape** body, `application/json`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1things/post/requestBody`
    pub body: Thing,
}

impl PostThingInput {
    /// With what the contract requires, and nothing else.
    pub fn new(body: Thing) -> Self {
        Self { body }
    }
}

/// The same.
///
/// - **Status** `200`
/// - **Source** `spec/shop/openapi.yaml#/paths/~1things/post/responses/200`
pub type PostThingOutput = Thing;

/// How `postThing` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum PostThingError {
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for PostThingError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<PostThingInput, Problem> {
    let mut parts = Parts::of(request);
    let body = parts.body("application/json");
    parts.finish(&[], || Some(PostThingInput { body: body? }))
}

fn reply(answer: PostThingOutput) -> Reply {
    Reply::json(200, "application/json", &answer)
}

impl From<PostThingError> for Reply {
    fn from(error: PostThingError) -> Self {
        match error {
            PostThingError::Unexpected(failure) => Reply::failed(failure),
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
            match operations.post_thing(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}
