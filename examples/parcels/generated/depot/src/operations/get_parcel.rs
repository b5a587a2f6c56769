// @generated from the contracts in spec/; edits are overwritten.

//! `getParcel`: `GET /parcel/{id}`.
//!
//! Read a parcel

use runtime::{Context, Failure, Parts, Problem, Reply, Request};

use crate::model::{Parcel, ParcelId};
use crate::tables::{ParcelKey, Tables};
use super::Operations;

/// What `getParcel` takes.
///
/// - **Source** `spec/depot/openapi.yaml#/paths/~1parcel~1{id}/get`
#[derive(Debug, Clone, PartialEq)]
pub struct GetParcelInput {
    /// A parameter.
    ///
    /// - **Shape** path parameter `id`
    /// - **Source** `spec/depot/openapi.yaml#/paths/~1parcel~1{id}/get/parameters/0`
    pub id: ParcelId,
}

impl GetParcelInput {
    /// With what the contract requires, and nothing else.
    pub fn new(id: ParcelId) -> Self {
        Self { id }
    }
}

/// The parcel.
///
/// - **Status** `200`
/// - **Source** `spec/depot/openapi.yaml#/paths/~1parcel~1{id}/get/responses/200`
pub type GetParcelOutput = Parcel;

/// How `getParcel` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum GetParcelError {
    /// The request violates the contract.
    ///
    /// - **Status** `400`
    /// - **Source** `spec/depot/openapi.yaml#/components/responses/BadRequest`
    BadRequest(Problem),
    /// There is no such parcel.
    ///
    /// - **Status** `404`
    /// - **Source** `spec/depot/openapi.yaml#/components/responses/NotFound`
    NotFound(Problem),
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for GetParcelError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<GetParcelInput, Problem> {
    let mut parts = Parts::of(request);
    let id = parts.path("id").required();
    parts.finish(&[400], || Some(GetParcelInput { id: id? }))
}

fn reply(answer: GetParcelOutput) -> Reply {
    Reply::json(200, "application/json", &answer)
}

impl From<GetParcelError> for Reply {
    fn from(error: GetParcelError) -> Self {
        match error {
            GetParcelError::BadRequest(answer) => Reply::problem(answer.with_status(400)),
            GetParcelError::NotFound(answer) => Reply::problem(answer.with_status(404)),
            GetParcelError::Unexpected(failure) => Reply::failed(failure),
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
            match operations.get_parcel(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}

/// The body that the contract binds the operation to.
///
/// - **Source** `spec/depot/openapi.yaml#/paths/~1parcel~1{id}/get/x-dynamodb`
pub(super) async fn run(
    tables: &Tables,
    input: GetParcelInput,
) -> Result<GetParcelOutput, GetParcelError> {
    let key = ParcelKey { id: input.id };
    match tables.parcel.get(&key).await {
        Ok(Some(item)) => Ok(item),
        Ok(None) => {
            Err(GetParcelError::NotFound(Problem::new(404, "There is no such parcel.")))
        }
        Err(error) => Err(error.into()),
    }
}
