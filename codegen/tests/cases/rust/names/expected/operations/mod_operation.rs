// @generated from the contracts in spec/; edits are overwritten.

//! `mod`: `GET /mod`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1mod/get`

use runtime::{Failure, Operation, Parts, Reply};

/// The input of `mod`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ModInput {}

/// Nothing.
pub type ModOutput = ();

/// The error responses of `mod`.
#[derive(Debug)]
pub enum ModError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ModError);

impl Operation for ModInput {
    type Output = ModOutput;
    type Error = ModError;

    fn read(_: &mut Parts<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
