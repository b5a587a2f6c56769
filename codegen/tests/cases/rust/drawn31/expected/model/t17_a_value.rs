// @generated from the contracts in spec/; edits are overwritten.

//! `T17AValue`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{T17AInteger, T17ANumber};

/// A value that matches a variant; the first match is used.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T17/properties/a`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T17AValue {
    Number(T17ANumber),
    Integer(T17AInteger),
}

impl Decode for T17AValue {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::first(
            at,
            out,
            &[
                ("number", |at, out| Decode::decode(at, out).map(Self::Number)),
                ("integer", |at, out| Decode::decode(at, out).map(Self::Integer)),
            ],
        )
    }
}

impl Encode for T17AValue {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Number(value) => value.encode(out),
            Self::Integer(value) => value.encode(out),
        }
    }
}
