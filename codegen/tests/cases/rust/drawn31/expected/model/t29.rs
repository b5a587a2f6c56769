// @generated from the contracts in spec/; edits are overwritten.

//! `T29`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{SCHEMAS, T29Variant1, T29Variant2};

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T29`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T29 {
    Variant1(T29Variant1),
    Variant2(T29Variant2),
}

impl Decode for T29 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T29", at, out)?;
        runtime::exactly_one(
            at,
            out,
            &[
                (
                    "variant 1",
                    |at, out| {
                        runtime::checked(&SCHEMAS, "T29N0", Decode::decode)(at, out)
                            .map(Self::Variant1)
                    },
                ),
                (
                    "variant 2",
                    |at, out| {
                        runtime::checked(&SCHEMAS, "T29N1", Decode::decode)(at, out)
                            .map(Self::Variant2)
                    },
                ),
            ],
        )
    }
}

impl Encode for T29 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Variant1(value) => value.encode(out),
            Self::Variant2(value) => value.encode(out),
        }
    }
}
