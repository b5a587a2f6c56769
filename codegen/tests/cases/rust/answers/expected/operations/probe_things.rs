// @generated from the contracts in spec/; edits are overwritten.

//! `probeThings`: `HEAD /things`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1things/head`

use runtime::{Failure, Operation, Parts, Reply};

/// What `probeThings` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProbeThingsInput {}

/// There are things.
pub type ProbeThingsOutput = ();

/// How `probeThings` fails.
#[derive(Debug)]
pub enum ProbeThingsError {
    /// Anything else, by `?`: the client gets an opaque `500`, the log the failure.
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
