// @generated from the contracts in spec/; edits are overwritten.

//! `T27B`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{SCHEMAS, T27BVariant1, T27BVariant2};

/// A value that matches a variant; the first match is used.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T27/properties/b`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T27B {
    Variant1(T27BVariant1),
    Variant2(T27BVariant2),
}

impl Decode for T27B {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T27B", at, out)?;
        runtime::first(
            at,
            out,
            &[
                (
                    "variant 1",
                    |at, out| {
                        runtime::checked(&SCHEMAS, "T27Bn0", Decode::decode)(at, out)
                            .map(Self::Variant1)
                    },
                ),
                ("variant 2", |at, out| Decode::decode(at, out).map(Self::Variant2)),
            ],
        )
    }
}

impl Encode for T27B {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Variant1(value) => value.encode(out),
            Self::Variant2(value) => value.encode(out),
        }
    }
}
