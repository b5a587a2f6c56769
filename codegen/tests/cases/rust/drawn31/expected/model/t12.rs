// @generated from the contracts in spec/; edits are overwritten.

//! `T12`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{SCHEMAS, T12Variant1, T12Variant2};

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T12`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T12 {
    Variant1(T12Variant1),
    Variant2(T12Variant2),
}

impl Decode for T12 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T12", at, out)?;
        runtime::exactly_one(
            at,
            out,
            &[
                (
                    "variant 1",
                    |at, out| {
                        runtime::checked(&SCHEMAS, "T12N0", Decode::decode)(at, out)
                            .map(Self::Variant1)
                    },
                ),
                (
                    "variant 2",
                    |at, out| {
                        runtime::checked(&SCHEMAS, "T12N1", Decode::decode)(at, out)
                            .map(Self::Variant2)
                    },
                ),
            ],
        )
    }
}

impl Encode for T12 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Variant1(value) => value.encode(out),
            Self::Variant2(value) => value.encode(out),
        }
    }
}
