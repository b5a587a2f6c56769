// @generated from the contracts in spec/; edits are overwritten.

//! `ReadStylesSome`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

/// A value that matches exactly one variant.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1styles~1{label}~1{matrix}~1{list}/get/parameters/10/schema`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum ReadStylesSome {
    Integer(i128),
    String(String),
}

impl Decode for ReadStylesSome {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::exactly_one(
            at,
            out,
            &[
                ("integer", |at, out| Decode::decode(at, out).map(Self::Integer)),
                ("string", |at, out| Decode::decode(at, out).map(Self::String)),
            ],
        )
    }
}

impl Encode for ReadStylesSome {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Integer(value) => value.encode(out),
            Self::String(value) => value.encode(out),
        }
    }
}
