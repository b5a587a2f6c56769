// @generated from the contracts in spec/; edits are overwritten.

//! `VersionsV66`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

/// A value that matches a variant; the first match is used.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v66`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum VersionsV66 {
    Integer(i128),
    Number(f64),
}

impl Decode for VersionsV66 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::first(
            at,
            out,
            &[
                ("integer", |at, out| Decode::decode(at, out).map(Self::Integer)),
                ("number", |at, out| Decode::decode(at, out).map(Self::Number)),
            ],
        )
    }
}

impl Encode for VersionsV66 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Integer(value) => value.encode(out),
            Self::Number(value) => value.encode(out),
        }
    }
}
