// @generated from the contracts in spec/; edits are overwritten.

//! `T17`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::T17ArrayItem;

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T17`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T17 {
    Array(Vec<T17ArrayItem>),
}

impl Decode for T17 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::exactly_one(
            at,
            out,
            &[("array", |at, out| Decode::decode(at, out).map(Self::Array))],
        )
    }
}

impl Encode for T17 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Array(value) => value.encode(out),
        }
    }
}
