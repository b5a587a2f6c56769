// @generated from the contracts in spec/; edits are overwritten.

//! `sendExact`: `POST /exact`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1exact/post`

use runtime::{Failure, Operation, Parts, Reply};

use crate::model::Exact;

/// The input of `sendExact`.
#[derive(Debug, Clone, PartialEq)]
pub struct SendExactInput {
    /// The body, `application/json`.
    pub body: Exact,
}

impl SendExactInput {
    /// Creates a value from its required fields.
    pub fn new(body: Exact) -> Self {
        Self { body }
    }
}

/// It was taken.
pub type SendExactOutput = ();

/// The error responses of `sendExact`.
#[derive(Debug)]
pub enum SendExactError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
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
