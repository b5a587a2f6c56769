// @generated from the contracts in spec/; edits are overwritten.

//! `T14`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{SCHEMAS, T14Variant1};

/// A value that matches a variant; the first match is used.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T14`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T14 {
    Variant1(T14Variant1),
}

impl Decode for T14 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T14", at, out)?;
        runtime::first(
            at,
            out,
            &[
                (
                    "variant 1",
                    |at, out| {
                        runtime::checked(&SCHEMAS, "T14N0", Decode::decode)(at, out)
                            .map(Self::Variant1)
                    },
                ),
            ],
        )
    }
}

impl Encode for T14 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Variant1(value) => value.encode(out),
        }
    }
}
