// @generated from the contracts in spec/; edits are overwritten.

//! `listThings`: `GET /things`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1things/get`

use runtime::{Failure, Operation, Parts, Reply};

use crate::model::{Error, Invalid, ListThingsLimit};

/// The input of `listThings`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListThingsInput {
    /// The query parameter `limit`.
    pub limit: Option<ListThingsLimit>,
}

/// What went wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct ListThingsClientError {
    /// The status code, in the range that the contract declares.
    pub status: u16,
    /// The body.
    pub body: Error,
}

impl ListThingsClientError {
    /// Creates a value from its required fields.
    pub fn new(status: u16, body: Error) -> Self {
        Self { status, body }
    }
}

/// None.
pub type ListThingsOutput = ();

/// The error responses of `listThings`.
#[derive(Debug)]
pub enum ListThingsError {
    /// `422`: The request is wrong.
    UnprocessableContent(Invalid),
    /// `4XX`: What went wrong.
    ClientError(ListThingsClientError),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    ListThingsError,
    UnprocessableContent = json(422, "application/json"),
    ClientError = answer
);

impl From<ListThingsClientError> for Reply {
    fn from(answer: ListThingsClientError) -> Self {
        Reply::json(answer.status, "application/json", &answer.body)
    }
}

impl Operation for ListThingsInput {
    type Output = ListThingsOutput;
    type Error = ListThingsError;
    const INVALID: u16 = 422;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let limit = parts.query("limit").optional();
        Some(Self { limit: limit? })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
