// @generated from the contracts in spec/; edits are overwritten.

//! `scanParcel`: `POST /parcel/{id}/scan`.
//!
//! See a parcel pass

use runtime::{Context, Failure, Parts, Problem, Reply, Request};

use crate::model::{ParcelId, Scan};
use super::Operations;

/// What `scanParcel` takes.
///
/// - **Source** `spec/depot/openapi.yaml#/paths/~1parcel~1{id}~1scan/post`
#[derive(Debug, Clone, PartialEq)]
pub struct ScanParcelInput {
    /// A parameter.
    ///
    /// - **Shape** path parameter `id`
    /// - **Source** `spec/depot/openapi.yaml#/paths/~1parcel~1{id}~1scan/post/parameters/0`
    pub id: ParcelId,
    /// The body.
    ///
    /// - **Shape** body, `application/json`
    /// - **Source** `spec/depot/openapi.yaml#/paths/~1parcel~1{id}~1scan/post/requestBody`
    pub body: Scan,
}

impl ScanParcelInput {
    /// With what the contract requires, and nothing else.
    pub fn new(id: ParcelId, body: Scan) -> Self {
        Self { id, body }
    }
}

/// It was told.
///
/// - **Status** `202`
/// - **Source** `spec/depot/openapi.yaml#/paths/~1parcel~1{id}~1scan/post/responses/202`
pub type ScanParcelOutput = ();

/// How `scanParcel` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum ScanParcelError {
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

impl<E: Into<Failure>> From<E> for ScanParcelError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<ScanParcelInput, Problem> {
    let mut parts = Parts::of(request);
    let id = parts.path("id").required();
    let body = parts.body("application/json");
    parts
        .finish(
            &[400, 415],
            || Some(ScanParcelInput {
                id: id?,
                body: body?,
            }),
        )
}

fn reply((): ScanParcelOutput) -> Reply {
    Reply::empty(202)
}

impl From<ScanParcelError> for Reply {
    fn from(error: ScanParcelError) -> Self {
        match error {
            ScanParcelError::BadRequest(answer) => {
                Reply::problem(answer.with_status(400))
            }
            ScanParcelError::ContentTooLarge(answer) => {
                Reply::problem(answer.with_status(413))
            }
            ScanParcelError::UnsupportedMediaType(answer) => {
                Reply::problem(answer.with_status(415))
            }
            ScanParcelError::Unexpected(failure) => Reply::failed(failure),
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
            match operations.scan_parcel(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}
