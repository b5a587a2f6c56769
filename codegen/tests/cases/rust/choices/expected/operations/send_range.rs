// @generated from the contracts in spec/; edits are overwritten.

//! `sendRange`: `POST /ranges`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1ranges/post`

use runtime::{Failure, File, Operation, Parts, Reply};

use crate::model::{ItemRequest, Other};

/// The input of `sendRange`.
#[derive(Debug, Clone, PartialEq)]
pub struct SendRangeInput {
    /// The body, `*/*` or `text/*` or `application/json` or `application/*+json`.
    pub body: SendRangeContent,
}

impl SendRangeInput {
    /// Creates a value from its required fields.
    pub fn new(body: SendRangeContent) -> Self {
        Self { body }
    }
}

/// The request body of `sendRange`, by media type.
#[derive(Debug, Clone, PartialEq)]
pub enum SendRangeContent {
    /// `*/*`
    Any(File),
    /// `text/*`
    Text(String),
    /// `application/json`
    Json(ItemRequest),
    /// `application/*+json`
    PlusJson(Other),
}

/// What it was.
pub type SendRangeOutput = String;

/// The error responses of `sendRange`.
#[derive(Debug)]
pub enum SendRangeError {
    /// `404`: There is none.
    NotFound(String),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(SendRangeError, NotFound = text(404, "application/xml"));

impl Operation for SendRangeInput {
    type Output = SendRangeOutput;
    type Error = SendRangeError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = match parts
            .media_type(&["*/*", "text/*", "application/json", "application/*+json"])
        {
            Some(0) => parts.bytes("*/*").file().map(SendRangeContent::Any),
            Some(1) => parts.text("*/*").required().map(SendRangeContent::Text),
            Some(2) => parts.json("*/*").required().map(SendRangeContent::Json),
            Some(3) => parts.json("*/*").required().map(SendRangeContent::PlusJson),
            _ => None,
        };
        Some(Self { body: body? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::text(200, "text/plain", &answer)
    }
}
