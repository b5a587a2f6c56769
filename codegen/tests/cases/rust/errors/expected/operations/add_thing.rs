// @generated from the contracts in spec/; edits are overwritten.

//! `addThing`: `POST /things`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1things/post`

use runtime::{Failure, Operation, Parts, Reply};

use crate::model::{Error, Thing};

/// The input of `addThing`.
#[derive(Debug, Clone, PartialEq)]
pub struct AddThingInput {
    /// The body, `application/json`.
    pub body: Thing,
}

impl AddThingInput {
    /// Creates a value from its required fields.
    pub fn new(body: Thing) -> Self {
        Self { body }
    }
}

/// What went wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct AddThingDefault {
    /// The status code, in the range that the contract declares.
    pub status: u16,
    /// The body.
    pub body: Error,
}

impl AddThingDefault {
    /// Creates a value from its required fields.
    pub fn new(status: u16, body: Error) -> Self {
        Self { status, body }
    }
}

/// Added.
pub type AddThingOutput = ();

/// The error responses of `addThing`.
#[derive(Debug)]
pub enum AddThingError {
    /// `409`: What went wrong.
    Conflict(Error),
    /// `default`: What went wrong.
    Default(AddThingDefault),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(AddThingError, Conflict = json(409, "application/json"), Default = answer);

impl From<AddThingDefault> for Reply {
    fn from(answer: AddThingDefault) -> Self {
        Reply::json(answer.status, "application/json", &answer.body)
    }
}

impl Operation for AddThingInput {
    type Output = AddThingOutput;
    type Error = AddThingError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.json("application/json").required();
        Some(Self { body: body? })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
