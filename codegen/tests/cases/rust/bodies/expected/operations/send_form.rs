// @generated from the contracts in spec/; edits are overwritten.

//! `sendForm`: `POST /forms`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1forms/post`

use runtime::{Failure, Operation, Parts, Reply, Shape, Style};

use crate::model::SendFormBody;

/// What `sendForm` takes.
#[derive(Debug, Clone, PartialEq)]
pub struct SendFormInput {
    /// The body, `application/x-www-form-urlencoded`.
    pub body: SendFormBody,
}

impl SendFormInput {
    /// With what the contract requires, and nothing else.
    pub fn new(body: SendFormBody) -> Self {
        Self { body }
    }
}

/// What was read.
pub type SendFormOutput = String;

/// How `sendForm` fails.
#[derive(Debug)]
pub enum SendFormError {
    /// Anything else, by `?`: the client gets an opaque `500`, the log the failure.
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
