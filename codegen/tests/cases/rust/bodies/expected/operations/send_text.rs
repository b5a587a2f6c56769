// @generated from the contracts in spec/; edits are overwritten.

//! `sendText`: `PUT /texts`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1texts/put`

use runtime::{Failure, Operation, Parts, Problem, Reply};

use crate::model::SendTextBody;

/// The input of `sendText`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SendTextInput {
    /// The body, `text/plain`.
    pub body: Option<SendTextBody>,
}

/// Taken.
pub type SendTextOutput = ();

/// The error responses of `sendText`.
#[derive(Debug)]
pub enum SendTextError {
    /// `422`: No.
    UnprocessableContent(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(SendTextError, UnprocessableContent = problem(422));

impl Operation for SendTextInput {
    type Output = SendTextOutput;
    type Error = SendTextError;
    const INVALID: u16 = 422;
    const UNSUPPORTED: u16 = 422;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.text("text/plain").optional();
        Some(Self { body: body? })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
