// @generated from the contracts in spec/; edits are overwritten.

//! `T20`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{SCHEMAS, T20Variant1, T20Variant2};

/// A value that matches a variant; the first match is used.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T20`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T20 {
    Variant1(T20Variant1),
    Variant2(T20Variant2),
}

impl Decode for T20 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::first(
            at,
            out,
            &[
                (
                    "variant 1",
                    |at, out| {
                        runtime::checked(&SCHEMAS, "T20N0", Decode::decode)(at, out)
                            .map(Self::Variant1)
                    },
                ),
                (
                    "variant 2",
                    |at, out| {
                        runtime::checked(&SCHEMAS, "T20N1", Decode::decode)(at, out)
                            .map(Self::Variant2)
                    },
                ),
            ],
        )
    }
}

impl Encode for T20 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Variant1(value) => value.encode(out),
            Self::Variant2(value) => value.encode(out),
        }
    }
}
