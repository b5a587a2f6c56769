// @generated from the contracts in spec/; edits are overwritten.

//! `sendThings`: `POST /things`.
//!
//! - **Source** `spec/shop/openapi.json#/paths/~1things/post`

use runtime::{Failure, Operation, Parts, Reply};

use crate::model::Things;

/// The input of `sendThings`.
#[derive(Debug, Clone, PartialEq)]
pub struct SendThingsInput {
    /// The body, `application/json`.
    pub body: Things,
}

impl SendThingsInput {
    /// Creates a value from its required fields.
    pub fn new(body: Things) -> Self {
        Self { body }
    }
}

/// Taken.
pub type SendThingsOutput = ();

/// The error responses of `sendThings`.
#[derive(Debug)]
pub enum SendThingsError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(SendThingsError);

impl Operation for SendThingsInput {
    type Output = SendThingsOutput;
    type Error = SendThingsError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.json("application/json").required();
        Some(Self { body: body? })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
