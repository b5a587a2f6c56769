// @generated from the contracts in spec/; edits are overwritten.

//! `Tree`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{TreeVariant1, TreeVariant2};

/// Alternatives within alternatives.
///
/// - **Shape** a value that matches exactly one variant
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Tree`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum Tree {
    Variant1(Box<TreeVariant1>),
    Variant2(Box<TreeVariant2>),
    Integer(i128),
}

impl Decode for Tree {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::exactly_one(
            at,
            out,
            &[
                ("variant 1", |at, out| Decode::decode(at, out).map(Self::Variant1)),
                ("variant 2", |at, out| Decode::decode(at, out).map(Self::Variant2)),
                ("integer", |at, out| Decode::decode(at, out).map(Self::Integer)),
            ],
        )
    }
}

impl Encode for Tree {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Variant1(value) => value.encode(out),
            Self::Variant2(value) => value.encode(out),
            Self::Integer(value) => value.encode(out),
        }
    }
}
