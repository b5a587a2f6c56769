// @generated from the contracts in spec/; edits are overwritten.

//! `sendPlaces`: `POST /places`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1places/post`

use runtime::{Failure, Operation, Parts, Reply, Shape};

use crate::model::SendPlacesBody;

/// The input of `sendPlaces`.
#[derive(Debug, Clone, PartialEq)]
pub struct SendPlacesInput {
    /// The body, `application/x-www-form-urlencoded`.
    pub body: SendPlacesBody,
}

impl SendPlacesInput {
    /// Creates a value from its required fields.
    pub fn new(body: SendPlacesBody) -> Self {
        Self { body }
    }
}

/// What was read.
pub type SendPlacesOutput = String;

/// The error responses of `sendPlaces`.
#[derive(Debug)]
pub enum SendPlacesError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(SendPlacesError);

impl Operation for SendPlacesInput {
    type Output = SendPlacesOutput;
    type Error = SendPlacesError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts
            .form(
                Shape::Object(
                    &[("p", Shape::List(&Shape::Any)), ("s", Shape::Text)],
                    &Shape::Any,
                ),
                &[],
            )
            .required();
        Some(Self { body: body? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::text(200, "text/plain", &answer)
    }
}
