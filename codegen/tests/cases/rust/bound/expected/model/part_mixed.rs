// @generated from the contracts in spec/; edits are overwritten.

//! `PartMixed`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::PartMixedString;

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Part/properties/mixed`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum PartMixed {
    String(PartMixedString),
    Integer(i128),
}

impl Decode for PartMixed {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::exactly_one(
            at,
            out,
            &[
                ("string", |at, out| Decode::decode(at, out).map(Self::String)),
                ("integer", |at, out| Decode::decode(at, out).map(Self::Integer)),
            ],
        )
    }
}

impl Encode for PartMixed {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::String(value) => value.encode(out),
            Self::Integer(value) => value.encode(out),
        }
    }
}
