// @generated from the contracts in spec/; edits are overwritten.

//! `T18`, a union in the contracts.

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::SCHEMAS;

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T18`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T18 {
    Variant1(Json),
}

impl Decode for T18 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T18", at, out)?;
        runtime::exactly_one(
            at,
            out,
            &[("variant 1", |at, out| Decode::decode(at, out).map(Self::Variant1))],
        )
    }
}

impl Encode for T18 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Variant1(value) => value.encode(out),
        }
    }
}
