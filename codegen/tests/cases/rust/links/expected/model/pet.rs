// @generated from the contracts in spec/; edits are overwritten.

//! `Pet`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{Cat, Dog};

/// An object; `kind` names the variant.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Pet`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum Pet {
    Cat(Cat),
    Hound(Dog),
}

impl Decode for Pet {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::tagged(
            at,
            out,
            "kind",
            &[
                ("Cat", |at, out| Decode::decode(at, out).map(Self::Cat)),
                ("hound", |at, out| Decode::decode(at, out).map(Self::Hound)),
            ],
        )
    }
}

impl Encode for Pet {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Cat(value) => runtime::encode_tagged(out, "kind", "Cat", value),
            Self::Hound(value) => runtime::encode_tagged(out, "kind", "hound", value),
        }
    }
}

impl From<Cat> for Pet {
    fn from(value: Cat) -> Self {
        Self::Cat(value)
    }
}

impl From<Dog> for Pet {
    fn from(value: Dog) -> Self {
        Self::Hound(value)
    }
}
