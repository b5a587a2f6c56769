// @generated from the contracts in spec/; edits are overwritten.

//! `putThing`: `PUT /things/{part}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/put`

use runtime::{Failure, Operation, Parts, Problem, Reply};

use crate::model::Thing;

/// The input of `putThing`.
#[derive(Debug, Clone, PartialEq)]
pub struct PutThingInput {
    /// The path parameter `part`.
    pub part: String,
    /// The body, `application/json`.
    pub body: Option<Thing>,
}

impl PutThingInput {
    /// Creates a value from its required fields.
    pub fn new(part: String) -> Self {
        Self {
            part,
            body: Default::default(),
        }
    }
}

/// It was taken.
pub type PutThingOutput = ();

/// The error responses of `putThing`.
#[derive(Debug)]
pub enum PutThingError {
    /// `400`: What is wrong.
    BadRequest(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(PutThingError, BadRequest = problem(400));

impl Operation for PutThingInput {
    type Output = PutThingOutput;
    type Error = PutThingError;
    const UNSUPPORTED: u16 = 400;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let part = parts.path("part").required();
        let body = parts.json("application/json").optional();
        Some(Self { part: part?, body: body? })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
