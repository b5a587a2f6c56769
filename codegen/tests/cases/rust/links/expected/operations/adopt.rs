// @generated from the contracts in spec/; edits are overwritten.

//! `adopt`: `POST /pets`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1pets/post`

use runtime::{Failure, Operation, Parts, Reply};

use crate::model::Pet;

/// The input of `adopt`.
#[derive(Debug, Clone, PartialEq)]
pub struct AdoptInput {
    /// The body, `application/json`.
    pub body: Pet,
}

impl AdoptInput {
    /// Creates a value from its required fields.
    pub fn new(body: Pet) -> Self {
        Self { body }
    }
}

/// Done.
pub type AdoptOutput = ();

/// The error responses of `adopt`.
#[derive(Debug)]
pub enum AdoptError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(AdoptError);

impl Operation for AdoptInput {
    type Output = AdoptOutput;
    type Error = AdoptError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.json("application/json").required();
        Some(Self { body: body? })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
