// @generated from the contracts in spec/; edits are overwritten.

//! `makeWishAnyhow`: `POST /wish/any`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1wish~1any/post`

use runtime::{
    Access, Failure, Operation, Owned, Parts, Problem, Reply, Requirement, Shape,
};

use crate::model::{LongWish, Wish};

/// The input of `makeWishAnyhow`.
#[derive(Debug, Clone, PartialEq)]
pub struct MakeWishAnyhowInput {
    /// The body, `application/json` or `application/vnd.wish+json` or `application/x-www-form-urlencoded`.
    pub body: MakeWishAnyhowContent,
}

impl MakeWishAnyhowInput {
    /// Creates a value from its required fields.
    pub fn new(body: MakeWishAnyhowContent) -> Self {
        Self { body }
    }
}

/// The request body of `makeWishAnyhow`, by media type.
#[derive(Debug, Clone, PartialEq)]
pub enum MakeWishAnyhowContent {
    /// `application/json`
    Json(LongWish),
    /// `application/vnd.wish+json`, `application/x-www-form-urlencoded`
    VndWishPlusJson(Wish),
}

/// It is noted.
pub type MakeWishAnyhowOutput = ();

/// The error responses of `makeWishAnyhow`.
#[derive(Debug)]
pub enum MakeWishAnyhowError {
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The credentials do not allow this request.
    Forbidden(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(MakeWishAnyhowError, Unauthorized = problem(401), Forbidden = problem(403));

impl Operation for MakeWishAnyhowInput {
    type Output = MakeWishAnyhowOutput;
    type Error = MakeWishAnyhowError;
    const ACCESS: &'static Access = &[&[Requirement::token("login", &[])]];
    const CHALLENGE: &'static str = "Bearer";

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = match parts
            .media_type(
                &[
                    "application/json",
                    "application/vnd.wish+json",
                    "application/x-www-form-urlencoded",
                ],
            )
        {
            Some(0) => parts.json("*/*").required().map(MakeWishAnyhowContent::Json),
            Some(1) => {
                parts.json("*/*").required().map(MakeWishAnyhowContent::VndWishPlusJson)
            }
            Some(2) => {
                parts
                    .form(Shape::Object(&[], &Shape::Text), &[])
                    .required()
                    .map(MakeWishAnyhowContent::VndWishPlusJson)
            }
            _ => None,
        };
        Some(Self { body: body? })
    }

    fn owner(&self) -> Option<Owned> {
        Some(Owned {
            claim: "customer_id",
            unless: Some("wishes.all"),
            owner: match &self.body {
                MakeWishAnyhowContent::Json(body) => {
                    Some(runtime::to_text(&body.customer))
                }
                MakeWishAnyhowContent::VndWishPlusJson(body) => {
                    Some(runtime::to_text(&body.customer))
                }
            },
        })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
