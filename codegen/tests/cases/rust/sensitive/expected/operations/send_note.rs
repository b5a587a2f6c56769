// @generated from the contracts in spec/; edits are overwritten.

//! `sendNote`: `POST /notes`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1notes/post`

use runtime::{Failure, Operation, Parts, Reply, Style};

use crate::model::{
    SendNoteBody, SendNoteOkBody, SendNoteOkXNumber, SendNoteOkXSession, SendNoteOkXTags,
};

/// The input of `sendNote`.
#[derive(Debug, Clone, PartialEq)]
pub struct SendNoteInput {
    /// The body, `text/plain`.
    pub body: SendNoteBody,
}

impl SendNoteInput {
    /// Creates a value from its required fields.
    pub fn new(body: SendNoteBody) -> Self {
        Self { body }
    }
}

/// The note, for the session.
#[derive(Debug, Clone, PartialEq)]
pub struct SendNoteOutput {
    /// The header `X-Session`.
    pub x_session: SendNoteOkXSession,
    /// The header `X-Number`.
    pub x_number: Option<SendNoteOkXNumber>,
    /// The header `X-Tags`.
    pub x_tags: Option<SendNoteOkXTags>,
    /// The body.
    pub body: SendNoteOkBody,
}

impl SendNoteOutput {
    /// Creates a value from its required fields.
    pub fn new(x_session: SendNoteOkXSession, body: SendNoteOkBody) -> Self {
        Self {
            x_session,
            x_number: Default::default(),
            x_tags: Default::default(),
            body,
        }
    }
}

/// The error responses of `sendNote`.
#[derive(Debug)]
pub enum SendNoteError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(SendNoteError);

impl Operation for SendNoteInput {
    type Output = SendNoteOutput;
    type Error = SendNoteError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.text("text/plain").required();
        Some(Self { body: body? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::text(200, "text/plain", &answer.body)
            .header("X-Session", runtime::to_text(&answer.x_session))
            .header_some("X-Number", answer.x_number.as_ref().map(runtime::to_text))
            .header_styled("X-Tags", Style::Simple, answer.x_tags.as_ref())
    }
}
