// @generated from the contracts in spec/; edits are overwritten.

//! `T13`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{SCHEMAS, T13Integer, T13Variant3};

/// A value that matches a variant; the first match is used.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T13`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T13 {
    Integer(i128),
    Integer2(T13Integer),
    Variant3(T13Variant3),
}

impl Decode for T13 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T13", at, out)?;
        runtime::first(
            at,
            out,
            &[
                ("integer", |at, out| Decode::decode(at, out).map(Self::Integer)),
                ("integer", |at, out| Decode::decode(at, out).map(Self::Integer2)),
                (
                    "variant 3",
                    |at, out| {
                        runtime::checked(&SCHEMAS, "T13N2", Decode::decode)(at, out)
                            .map(Self::Variant3)
                    },
                ),
            ],
        )
    }
}

impl Encode for T13 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Integer(value) => value.encode(out),
            Self::Integer2(value) => value.encode(out),
            Self::Variant3(value) => value.encode(out),
        }
    }
}
