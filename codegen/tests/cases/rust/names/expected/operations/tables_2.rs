// @generated from the contracts in spec/; edits are overwritten.

//! `tables`: `GET /tables`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1tables/get`

use runtime::{Failure, Operation, Parts, Reply};

/// The input of `tables`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tables2Input {}

/// Nothing.
pub type Tables2Output = ();

/// The error responses of `tables`.
#[derive(Debug)]
pub enum Tables2Error {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(Tables2Error);

impl Operation for Tables2Input {
    type Output = Tables2Output;
    type Error = Tables2Error;

    fn read(_: &mut Parts<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
