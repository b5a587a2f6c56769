// @generated from the contracts in spec/; edits are overwritten.

//! `Named`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{Bound, Free, SCHEMAS};

/// Told apart by a property that one of them may be without.
///
/// - **Shape** a value that matches exactly one variant
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Named`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum Named {
    Free(Free),
    Bound(Bound),
}

impl Decode for Named {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("Named", at, out)?;
        runtime::exactly_one(
            at,
            out,
            &[
                ("Free", |at, out| Decode::decode(at, out).map(Self::Free)),
                ("Bound", |at, out| Decode::decode(at, out).map(Self::Bound)),
            ],
        )
    }
}

impl Encode for Named {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Free(value) => value.encode(out),
            Self::Bound(value) => value.encode(out),
        }
    }
}

impl From<Free> for Named {
    fn from(value: Free) -> Self {
        Self::Free(value)
    }
}

impl From<Bound> for Named {
    fn from(value: Bound) -> Self {
        Self::Bound(value)
    }
}
