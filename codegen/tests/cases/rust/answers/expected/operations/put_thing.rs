// @generated from the contracts in spec/; edits are overwritten.

//! `putThing`: `PUT /things/{part}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/put`

use runtime::{Failure, Operation, Parts, Problem, Reply};

use crate::model::Thing;

/// What `putThing` takes.
#[derive(Debug, Clone, PartialEq)]
pub struct PutThingInput {
    /// `part` in the path.
    pub part: String,
    /// The body, `application/json`.
    pub body: Option<Thing>,
}

impl PutThingInput {
    /// With what the contract requires, and nothing else.
    pub fn new(part: String) -> Self {
        Self {
            part,
            body: Default::default(),
        }
    }
}

/// It was taken.
pub type PutThingOutput = ();

/// How `putThing` fails.
#[derive(Debug)]
pub enum PutThingError {
    /// `400`: What is wrong.
    BadRequest(Problem),
    /// Anything else, by `?`: the client gets an opaque `500`, the log the failure.
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
