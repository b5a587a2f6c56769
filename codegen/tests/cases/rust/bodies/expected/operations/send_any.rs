// @generated from the contracts in spec/; edits are overwritten.

//! `sendAny`: `PUT /any`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1any/put`

use runtime::{Failure, File, Operation, Parts, Reply, Shape};

use crate::model::Place;

/// The input of `sendAny`.
#[derive(Debug, Clone, PartialEq)]
pub struct SendAnyInput {
    /// The body, `application/json` or `application/vnd.shop+json` or `application/x-www-form-urlencoded` or `text/csv` or `image/*`.
    pub body: SendAnyContent,
    /// The media type that the client prefers.
    pub accept: SendAnyAccept,
}

impl SendAnyInput {
    /// Creates a value from its required fields.
    pub fn new(body: SendAnyContent) -> Self {
        Self {
            body,
            accept: Default::default(),
        }
    }
}

/// The response media types of `sendAny`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SendAnyAccept {
    /// `application/json`
    #[default]
    Json,
    /// `text/csv`
    Csv,
    /// `image/*`
    Image,
}

/// The request body of `sendAny`, by media type.
#[derive(Debug, Clone, PartialEq)]
pub enum SendAnyContent {
    /// `application/json`, `application/vnd.shop+json`, `application/x-www-form-urlencoded`
    Json(Place),
    /// `text/csv`
    Csv(String),
    /// `image/*`
    Image(File),
}

/// The response bodies of `OK`.
#[derive(Debug, Clone, PartialEq)]
pub enum SendAnyOkContent {
    /// `application/json`, `application/vnd.shop+json`
    Json(Place),
    /// `text/csv`
    Csv(String),
    /// `image/*`
    Image(File),
}

impl SendAnyOkContent {
    fn reply(&self, status: u16) -> Reply {
        match self {
            Self::Json(body) => {
                Reply::json(status, "application/json", body)
                    .also(&["application/vnd.shop+json"])
            }
            Self::Csv(body) => Reply::text(status, "text/csv", body),
            Self::Image(body) => Reply::file(status, body),
        }
    }
}

/// The response bodies of `Conflict`.
#[derive(Debug, Clone, PartialEq)]
pub enum SendAnyConflictContent {
    /// `application/json`
    Json(Place),
    /// `text/plain`
    Text(String),
}

impl SendAnyConflictContent {
    fn reply(&self, status: u16) -> Reply {
        match self {
            Self::Json(body) => Reply::json(status, "application/json", body),
            Self::Text(body) => Reply::text(status, "text/plain", body),
        }
    }
}

/// The same.
pub type SendAnyOutput = SendAnyOkContent;

/// The error responses of `sendAny`.
#[derive(Debug)]
pub enum SendAnyError {
    /// `406`: Nothing of the kind.
    NotAcceptable,
    /// `409`: In the way.
    Conflict(SendAnyConflictContent),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(SendAnyError, NotAcceptable = empty(406), Conflict = body(409));

impl Operation for SendAnyInput {
    type Output = SendAnyOutput;
    type Error = SendAnyError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = match parts
            .media_type(
                &[
                    "application/json",
                    "application/vnd.shop+json",
                    "application/x-www-form-urlencoded",
                    "text/csv",
                    "image/*",
                ],
            )
        {
            Some(0 | 1) => parts.json("*/*").required().map(SendAnyContent::Json),
            Some(2) => {
                parts
                    .form(Shape::Object(&[("floor", Shape::Number)], &Shape::Text), &[])
                    .required()
                    .map(SendAnyContent::Json)
            }
            Some(3) => parts.text("*/*").required().map(SendAnyContent::Csv),
            Some(4) => parts.bytes("*/*").file().map(SendAnyContent::Image),
            _ => None,
        };
        let accept = parts
            .acceptable(
                &["application/json", "application/vnd.shop+json", "text/csv", "image/*"],
            )
            .map(|best| match best {
                2 => SendAnyAccept::Csv,
                3 => SendAnyAccept::Image,
                _ => SendAnyAccept::Json,
            });
        Some(Self {
            body: body?,
            accept: accept?,
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        answer.reply(200)
    }
}
