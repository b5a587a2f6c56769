// @generated from the contracts in spec/; edits are overwritten.

//! `probeThings`: `HEAD /things`.

use runtime::{Context, Failure, Problem, Reply, Request};

use super::Operations;

/// What `probeThings` takes.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1things/head`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProbeThingsInput {}

/// There are things.
///
/// - **Status** `200`
/// - **Source** `spec/shop/openapi.yaml#/paths/~1things/head/responses/200`
pub type ProbeThingsOutput = ();

/// How `probeThings` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum ProbeThingsError {
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for ProbeThingsError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(_: &Request) -> Result<ProbeThingsInput, Problem> {
    Ok(ProbeThingsInput {})
}

fn reply((): ProbeThingsOutput) -> Reply {
    Reply::empty(200)
}

impl From<ProbeThingsError> for Reply {
    fn from(error: ProbeThingsError) -> Self {
        match error {
            ProbeThingsError::Unexpected(failure) => Reply::failed(failure),
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
            match operations.probe_things(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}
