// @generated from the contracts in spec/; edits are overwritten.

//! `registerParcel`: `POST /parcel`.
//!
//! Take a parcel in

use runtime::{Context, Failure, Parts, Problem, Reply, Request};

use crate::model::{NewParcel, Parcel};
use super::Operations;

/// What `registerParcel` takes.
///
/// - **Source** `spec/depot/openapi.yaml#/paths/~1parcel/post`
#[derive(Debug, Clone, PartialEq)]
pub struct RegisterParcelInput {
    /// The body.
    ///
    /// - **Shape** body, `application/json`
    /// - **Source** `spec/depot/openapi.yaml#/paths/~1parcel/post/requestBody`
    pub body: NewParcel,
}

impl RegisterParcelInput {
    /// With what the contract requires, and nothing else.
    pub fn new(body: NewParcel) -> Self {
        Self { body }
    }
}

/// The parcel.
///
/// - **Status** `201`
/// - **Source** `spec/depot/openapi.yaml#/paths/~1parcel/post/responses/201`
pub type RegisterParcelOutput = Parcel;

/// How `registerParcel` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum RegisterParcelError {
    /// The request violates the contract.
    ///
    /// - **Status** `400`
    /// - **Source** `spec/depot/openapi.yaml#/components/responses/BadRequest`
    BadRequest(Problem),
    /// The request violates the contract.
    ///
    /// - **Status** `413`
    /// - **Source** `spec/depot/openapi.yaml#/components/responses/BadRequest`
    ContentTooLarge(Problem),
    /// The request violates the contract.
    ///
    /// - **Status** `415`
    /// - **Source** `spec/depot/openapi.yaml#/components/responses/BadRequest`
    UnsupportedMediaType(Problem),
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for RegisterParcelError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<RegisterParcelInput, Problem> {
    let mut parts = Parts::of(request);
    let body = parts.body("application/json");
    parts.finish(&[400, 415], || Some(RegisterParcelInput { body: body? }))
}

fn reply(answer: RegisterParcelOutput) -> Reply {
    Reply::json(201, "application/json", &answer)
}

impl From<RegisterParcelError> for Reply {
    fn from(error: RegisterParcelError) -> Self {
        match error {
            RegisterParcelError::BadRequest(answer) => {
                Reply::problem(answer.with_status(400))
            }
            RegisterParcelError::ContentTooLarge(answer) => {
                Reply::problem(answer.with_status(413))
            }
            RegisterParcelError::UnsupportedMediaType(answer) => {
                Reply::problem(answer.with_status(415))
            }
            RegisterParcelError::Unexpected(failure) => Reply::failed(failure),
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
            match operations.register_parcel(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}
