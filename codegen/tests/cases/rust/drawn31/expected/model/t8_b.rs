// @generated from the contracts in spec/; edits are overwritten.

//! `T8B`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{SCHEMAS, T8BNumber, T8BVariant1, T8BVariant2};

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T8/properties/b`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T8B {
    Variant1(T8BVariant1),
    Variant2(T8BVariant2),
    Number(T8BNumber),
}

impl Decode for T8B {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::exactly_one(
            at,
            out,
            &[
                (
                    "variant 1",
                    |at, out| {
                        runtime::checked(&SCHEMAS, "T8Bn0", Decode::decode)(at, out)
                            .map(Self::Variant1)
                    },
                ),
                (
                    "variant 2",
                    |at, out| {
                        runtime::checked(&SCHEMAS, "T8Bn1", Decode::decode)(at, out)
                            .map(Self::Variant2)
                    },
                ),
                ("number", |at, out| Decode::decode(at, out).map(Self::Number)),
            ],
        )
    }
}

impl Encode for T8B {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Variant1(value) => value.encode(out),
            Self::Variant2(value) => value.encode(out),
            Self::Number(value) => value.encode(out),
        }
    }
}
