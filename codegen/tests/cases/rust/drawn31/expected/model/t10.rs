// @generated from the contracts in spec/; edits are overwritten.

//! `T10`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{SCHEMAS, T10Integer, T10Variant2};

/// A value that matches a variant; the first match is used.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T10`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T10 {
    Integer(T10Integer),
    Variant2(T10Variant2),
}

impl Decode for T10 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::first(
            at,
            out,
            &[
                ("integer", |at, out| Decode::decode(at, out).map(Self::Integer)),
                (
                    "variant 2",
                    |at, out| {
                        runtime::checked(&SCHEMAS, "T10N1", Decode::decode)(at, out)
                            .map(Self::Variant2)
                    },
                ),
            ],
        )
    }
}

impl Encode for T10 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Integer(value) => value.encode(out),
            Self::Variant2(value) => value.encode(out),
        }
    }
}
