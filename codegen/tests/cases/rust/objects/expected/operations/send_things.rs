// @generated from the contracts in spec/; edits are overwritten.

//! `sendThings`: `POST /things`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1things/post`

use runtime::{Failure, Operation, Parts, Reply};

use crate::model::ThingsRequest;

/// What `sendThings` takes.
#[derive(Debug, Clone, PartialEq)]
pub struct SendThingsInput {
    /// The body, `application/json`.
    pub body: ThingsRequest,
}

impl SendThingsInput {
    /// With what the contract requires, and nothing else.
    pub fn new(body: ThingsRequest) -> Self {
        Self { body }
    }
}

/// It was taken.
pub type SendThingsOutput = ();

/// How `sendThings` fails.
#[derive(Debug)]
pub enum SendThingsError {
    /// Anything else, by `?`: the client gets an opaque `500`, the log the failure.
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
