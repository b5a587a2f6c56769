// @generated from the contracts in spec/; edits are overwritten.

//! `VersionsV64`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{VersionsV64String, VersionsV64String2};

/// A value that matches a variant; the first match is used.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v64`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum VersionsV64 {
    String(VersionsV64String),
    String2(VersionsV64String2),
}

impl Decode for VersionsV64 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::first(
            at,
            out,
            &[
                ("string", |at, out| Decode::decode(at, out).map(Self::String)),
                ("string", |at, out| Decode::decode(at, out).map(Self::String2)),
            ],
        )
    }
}

impl Encode for VersionsV64 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::String(value) => value.encode(out),
            Self::String2(value) => value.encode(out),
        }
    }
}
