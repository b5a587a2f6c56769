// @generated from the contracts in spec/; edits are overwritten.

//! `VersionsV67`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{Cat, Dog};

/// An object; `kind` names the variant.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v67`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum VersionsV67 {
    Cat(Cat),
    Dog(Dog),
}

impl Decode for VersionsV67 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::tagged(
            at,
            out,
            "kind",
            &[
                ("cat", |at, out| Decode::decode(at, out).map(Self::Cat)),
                ("dog", |at, out| Decode::decode(at, out).map(Self::Dog)),
            ],
        )
    }
}

impl Encode for VersionsV67 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Cat(value) => runtime::encode_tagged(out, "kind", "cat", value),
            Self::Dog(value) => runtime::encode_tagged(out, "kind", "dog", value),
        }
    }
}

impl From<Cat> for VersionsV67 {
    fn from(value: Cat) -> Self {
        Self::Cat(value)
    }
}

impl From<Dog> for VersionsV67 {
    fn from(value: Dog) -> Self {
        Self::Dog(value)
    }
}
