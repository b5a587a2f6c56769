// @generated from the contracts in spec/; edits are overwritten.

//! `ThingApart`, a union in the contracts.

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::SCHEMAS;

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/apart`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum ThingApart {
    Variant1(Json),
    Variant2(String),
}

impl Decode for ThingApart {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("ThingApart", at, out)?;
        runtime::exactly_one(
            at,
            out,
            &[
                ("variant 1", |at, out| Decode::decode(at, out).map(Self::Variant1)),
                ("variant 2", |at, out| Decode::decode(at, out).map(Self::Variant2)),
            ],
        )
    }
}

impl Encode for ThingApart {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Variant1(value) => value.encode(out),
            Self::Variant2(value) => value.encode(out),
        }
    }
}
