// @generated from the contracts in spec/; edits are overwritten.

//! `sendVersions`: `POST /versions`.

use runtime::{Context, Failure, Parts, Problem, Reply, Request};

use crate::model::Versions;
use super::Operations;

/// What `sendVersions` takes.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1versions/post`
#[derive(Debug, Clone, PartialEq)]
pub struct SendVersionsInput {
    /// The body.
    ///
    /// - **Shape** body, `application/json`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1versions/post/requestBody`
    pub body: Versions,
}

impl SendVersionsInput {
    /// With what the contract requires, and nothing else.
    pub fn new(body: Versions) -> Self {
        Self { body }
    }
}

/// It was taken.
///
/// - **Status** `204`
/// - **Source** `spec/shop/openapi.yaml#/paths/~1versions/post/responses/204`
pub type SendVersionsOutput = ();

/// How `sendVersions` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum SendVersionsError {
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for SendVersionsError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<SendVersionsInput, Problem> {
    let mut parts = Parts::of(request);
    let body = parts.body("application/json");
    parts.finish(&[], || Some(SendVersionsInput { body: body? }))
}

fn reply((): SendVersionsOutput) -> Reply {
    Reply::empty(204)
}

impl From<SendVersionsError> for Reply {
    fn from(error: SendVersionsError) -> Self {
        match error {
            SendVersionsError::Unexpected(failure) => Reply::failed(failure),
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
            match operations.send_versions(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}
