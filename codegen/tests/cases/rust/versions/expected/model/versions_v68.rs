// @generated from the contracts in spec/; edits are overwritten.

//! `VersionsV68`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::Cat;

/// An object; `kind` names the variant.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v68`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum VersionsV68 {
    Cat(Cat),
}

impl Decode for VersionsV68 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::tagged(
            at,
            out,
            "kind",
            &[("cat", |at, out| Decode::decode(at, out).map(Self::Cat))],
        )
    }
}

impl Encode for VersionsV68 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Cat(value) => runtime::encode_tagged(out, "kind", "cat", value),
        }
    }
}

impl From<Cat> for VersionsV68 {
    fn from(value: Cat) -> Self {
        Self::Cat(value)
    }
}
