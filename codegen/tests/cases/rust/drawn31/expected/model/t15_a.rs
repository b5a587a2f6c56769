// @generated from the contracts in spec/; edits are overwritten.

//! `T15A`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{SCHEMAS, T15AInteger, T15AVariant2};

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T15/properties/a`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T15A {
    Integer(T15AInteger),
    Variant2(T15AVariant2),
}

impl Decode for T15A {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T15A", at, out)?;
        runtime::exactly_one(
            at,
            out,
            &[
                ("integer", |at, out| Decode::decode(at, out).map(Self::Integer)),
                (
                    "variant 2",
                    |at, out| {
                        runtime::checked(&SCHEMAS, "T15An1", Decode::decode)(at, out)
                            .map(Self::Variant2)
                    },
                ),
            ],
        )
    }
}

impl Encode for T15A {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Integer(value) => value.encode(out),
            Self::Variant2(value) => value.encode(out),
        }
    }
}
