// @generated from the contracts in spec/; edits are overwritten.

//! `sendExact`: `POST /exact`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1exact/post`

use runtime::{Failure, Operation, Parts, Reply};

use crate::model::Exact;

/// What `sendExact` takes.
#[derive(Debug, Clone, PartialEq)]
pub struct SendExactInput {
    /// The body, `application/json`.
    pub body: Exact,
}

impl SendExactInput {
    /// With what the contract requires, and nothing else.
    pub fn new(body: Exact) -> Self {
        Self { body }
    }
}

/// It was taken.
pub type SendExactOutput = ();

/// How `sendExact` fails.
#[derive(Debug)]
pub enum SendExactError {
    /// Anything else, by `?`: the client gets an opaque `500`, the log the failure.
    Unexpected(Failure),
}

runtime::error_type!(SendExactError);

impl Operation for SendExactInput {
    type Output = SendExactOutput;
    type Error = SendExactError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.json("application/json").required();
        Some(Self { body: body? })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
