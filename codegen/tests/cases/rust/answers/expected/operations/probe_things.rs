// @generated from the contracts in spec/; edits are overwritten.

//! `probeThings`: `HEAD /things`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1things/head`

use runtime::{Failure, Operation, Parts, Reply};

/// The input of `probeThings`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProbeThingsInput {}

/// There are things.
pub type ProbeThingsOutput = ();

/// The error responses of `probeThings`.
#[derive(Debug)]
pub enum ProbeThingsError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ProbeThingsError);

impl Operation for ProbeThingsInput {
    type Output = ProbeThingsOutput;
    type Error = ProbeThingsError;

    fn read(_: &mut Parts<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn reply((): ()) -> Reply {
        Reply::empty(200)
    }
}
