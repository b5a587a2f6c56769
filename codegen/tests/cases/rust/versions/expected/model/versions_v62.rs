// @generated from the contracts in spec/; edits are overwritten.

//! `VersionsV62`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v62`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum VersionsV62 {
    String(String),
    Integer(i128),
}

impl Decode for VersionsV62 {
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

impl Encode for VersionsV62 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::String(value) => value.encode(out),
            Self::Integer(value) => value.encode(out),
        }
    }
}
