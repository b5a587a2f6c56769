// @generated from the contracts in spec/; edits are overwritten.

//! `VersionsV65`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{VersionsV65String, VersionsV65String2};

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v65`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum VersionsV65 {
    String(VersionsV65String),
    String2(VersionsV65String2),
}

impl Decode for VersionsV65 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::exactly_one(
            at,
            out,
            &[
                ("string", |at, out| Decode::decode(at, out).map(Self::String)),
                ("string", |at, out| Decode::decode(at, out).map(Self::String2)),
            ],
        )
    }
}

impl Encode for VersionsV65 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::String(value) => value.encode(out),
            Self::String2(value) => value.encode(out),
        }
    }
}
