// @generated from the contracts in spec/; edits are overwritten.

//! `getHealth`: `GET /health`.
//!
//! Tell whether it works

use runtime::{Context, Failure, Problem, Reply, Request};

use super::Operations;

/// What `getHealth` takes.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1health/get`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetHealthInput {}

/// It does.
///
/// - **Status** `204`
/// - **Source** `spec/shop/openapi.yaml#/paths/~1health/get/responses/204`
pub type GetHealthOutput = ();

/// How `getHealth` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum GetHealthError {
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for GetHealthError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(_: &Request) -> Result<GetHealthInput, Problem> {
    Ok(GetHealthInput {})
}

fn reply((): GetHealthOutput) -> Reply {
    Reply::empty(204)
}

impl From<GetHealthError> for Reply {
    fn from(error: GetHealthError) -> Self {
        match error {
            GetHealthError::Unexpected(failure) => Reply::failed(failure),
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
            match operations.get_health(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}
