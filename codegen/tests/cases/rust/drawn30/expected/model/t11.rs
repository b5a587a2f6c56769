// @generated from the contracts in spec/; edits are overwritten.

//! `T11`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{SCHEMAS, T11Variant1};

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T11`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T11 {
    Variant1(T11Variant1),
}

impl Decode for T11 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T11", at, out)?;
        runtime::exactly_one(
            at,
            out,
            &[
                (
                    "variant 1",
                    |at, out| {
                        runtime::checked(&SCHEMAS, "T11N0", Decode::decode)(at, out)
                            .map(Self::Variant1)
                    },
                ),
            ],
        )
    }
}

impl Encode for T11 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Variant1(value) => value.encode(out),
        }
    }
}
