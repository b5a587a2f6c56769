// @generated from the contracts in spec/; edits are overwritten.

//! `callNew`: `POST /call_new`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1call_new/post`

use runtime::{Failure, Operation, Parts, Reply};

/// The input of `callNew`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CallNewInput {}

/// d
pub type CallNewOutput = ();

/// The error responses of `callNew`.
#[derive(Debug)]
pub enum CallNewError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(CallNewError);

impl Operation for CallNewInput {
    type Output = CallNewOutput;
    type Error = CallNewError;

    fn read(_: &mut Parts<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
