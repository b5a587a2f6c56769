// @generated from the contracts in spec/; edits are overwritten.

//! `T24A`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::T24AInteger;

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T24/properties/a`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T24A {
    Variant1(String),
    Integer(T24AInteger),
}

impl Decode for T24A {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::exactly_one(
            at,
            out,
            &[
                ("variant 1", |at, out| Decode::decode(at, out).map(Self::Variant1)),
                ("integer", |at, out| Decode::decode(at, out).map(Self::Integer)),
            ],
        )
    }
}

impl Encode for T24A {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Variant1(value) => value.encode(out),
            Self::Integer(value) => value.encode(out),
        }
    }
}
