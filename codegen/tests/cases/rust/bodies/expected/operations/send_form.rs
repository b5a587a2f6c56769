// @generated from the contracts in spec/; edits are overwritten.

//! `sendForm`: `POST /forms`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1forms/post`

use runtime::{Failure, Operation, Parts, Reply, Shape, Style};

use crate::model::SendFormBody;

/// The input of `sendForm`.
#[derive(Debug, Clone, PartialEq)]
pub struct SendFormInput {
    /// The body, `application/x-www-form-urlencoded`.
    pub body: SendFormBody,
}

impl SendFormInput {
    /// Creates a value from its required fields.
    pub fn new(body: SendFormBody) -> Self {
        Self { body }
    }
}

/// What was read.
pub type SendFormOutput = String;

/// The error responses of `sendForm`.
#[derive(Debug)]
pub enum SendFormError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(SendFormError);

impl Operation for SendFormInput {
    type Output = SendFormOutput;
    type Error = SendFormError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts
            .form(
                Shape::Object(
                    &[
                        ("age", Shape::Number),
                        ("tags", Shape::List(&Shape::Text)),
                        ("place", Shape::Json),
                        (
                            "deep",
                            Shape::Object(&[("floor", Shape::Number)], &Shape::Text),
                        ),
                        ("all", Shape::List(&Shape::Json)),
                    ],
                    &Shape::Text,
                ),
                &[("deep", Style::Deep)],
            )
            .required();
        Some(Self { body: body? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::text(200, "text/plain", &answer)
    }
}
