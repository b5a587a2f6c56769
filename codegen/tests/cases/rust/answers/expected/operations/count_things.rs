// @generated from the contracts in spec/; edits are overwritten.

//! `countThings`: `GET /things`.

use runtime::{Context, Failure, Problem, Reply, Request};

use super::Operations;

/// What `countThings` takes.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1things/get`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CountThingsInput {}

/// How many there are.
///
/// - **Status** `200`
/// - **Source** `spec/shop/openapi.yaml#/paths/~1things/get/responses/200`
pub type CountThingsOutput = i128;

/// How `countThings` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum CountThingsError {
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for CountThingsError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(_: &Request) -> Result<CountThingsInput, Problem> {
    Ok(CountThingsInput {})
}

fn reply(answer: CountThingsOutput) -> Reply {
    Reply::json(200, "application/json", &answer)
}

impl From<CountThingsError> for Reply {
    fn from(error: CountThingsError) -> Self {
        match error {
            CountThingsError::Unexpected(failure) => Reply::failed(failure),
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
            match operations.count_things(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}
