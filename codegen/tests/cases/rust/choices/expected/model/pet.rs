// @generated from the contracts in spec/; edits are overwritten.

//! `Pet`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{Cat, Dog, OtherPet};

/// An animal; what no other alternative names is some other one.
///
/// - **Shape** an object; `petType` names the variant
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Pet`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum Pet {
    Cat(Cat),
    Dog(Dog),
    OtherPet(OtherPet),
}

impl Decode for Pet {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::tagged_or(
            at,
            out,
            "petType",
            &[
                ("cat", |at, out| Decode::decode(at, out).map(Self::Cat)),
                ("dog", |at, out| Decode::decode(at, out).map(Self::Dog)),
                ("OtherPet", |at, out| Decode::decode(at, out).map(Self::OtherPet)),
            ],
            2,
        )
    }
}

impl Encode for Pet {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Cat(value) => runtime::encode_tagged(out, "petType", "cat", value),
            Self::Dog(value) => runtime::encode_tagged(out, "petType", "dog", value),
            Self::OtherPet(value) => value.encode(out),
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
        Self::Dog(value)
    }
}

impl From<OtherPet> for Pet {
    fn from(value: OtherPet) -> Self {
        Self::OtherPet(value)
    }
}
