// @generated from the contracts in spec/; edits are overwritten.

//! `ThingKind`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{Large, Small};

/// An object; `size` names the variant.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/kind`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum ThingKind {
    Small(Small),
    Large(Large),
}

impl Decode for ThingKind {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::tagged(
            at,
            out,
            "size",
            &[
                ("small", |at, out| Decode::decode(at, out).map(Self::Small)),
                ("large", |at, out| Decode::decode(at, out).map(Self::Large)),
            ],
        )
    }
}

impl Encode for ThingKind {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Small(value) => runtime::encode_tagged(out, "size", "small", value),
            Self::Large(value) => runtime::encode_tagged(out, "size", "large", value),
        }
    }
}

impl From<Small> for ThingKind {
    fn from(value: Small) -> Self {
        Self::Small(value)
    }
}

impl From<Large> for ThingKind {
    fn from(value: Large) -> Self {
        Self::Large(value)
    }
}
