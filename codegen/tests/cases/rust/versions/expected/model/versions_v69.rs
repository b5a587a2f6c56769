// @generated from the contracts in spec/; edits are overwritten.

//! `VersionsV69`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{Cat, Dog};

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v69`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum VersionsV69 {
    Cat(Cat),
    Dog(Dog),
}

impl Decode for VersionsV69 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::exactly_one(
            at,
            out,
            &[
                ("Cat", |at, out| Decode::decode(at, out).map(Self::Cat)),
                ("Dog", |at, out| Decode::decode(at, out).map(Self::Dog)),
            ],
        )
    }
}

impl Encode for VersionsV69 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Cat(value) => value.encode(out),
            Self::Dog(value) => value.encode(out),
        }
    }
}

impl From<Cat> for VersionsV69 {
    fn from(value: Cat) -> Self {
        Self::Cat(value)
    }
}

impl From<Dog> for VersionsV69 {
    fn from(value: Dog) -> Self {
        Self::Dog(value)
    }
}
