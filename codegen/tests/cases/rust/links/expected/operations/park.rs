// @generated from the contracts in spec/; edits are overwritten.

//! `park`: `POST /vehicles`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1vehicles/post`

use runtime::{Failure, Operation, Parts, Reply};

use crate::model::Vehicle;

/// The input of `park`.
#[derive(Debug, Clone, PartialEq)]
pub struct ParkInput {
    /// The body, `application/json`.
    pub body: Vehicle,
}

impl ParkInput {
    /// Creates a value from its required fields.
    pub fn new(body: Vehicle) -> Self {
        Self { body }
    }
}

/// Done.
pub type ParkOutput = ();

/// The error responses of `park`.
#[derive(Debug)]
pub enum ParkError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ParkError);

impl Operation for ParkInput {
    type Output = ParkOutput;
    type Error = ParkError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.json("application/json").required();
        Some(Self { body: body? })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
