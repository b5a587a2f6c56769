// @generated from the contracts in spec/; edits are overwritten.

//! `T3Variant2`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{SCHEMAS, T3Variant2Number, T3Variant2Variant2};

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T3/oneOf/1`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T3Variant2 {
    Number(T3Variant2Number),
    Variant2(T3Variant2Variant2),
}

impl Decode for T3Variant2 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T3N1", at, out)?;
        runtime::exactly_one(
            at,
            out,
            &[
                (
                    "number",
                    |at, out| {
                        runtime::checked(
                                &SCHEMAS,
                                "T3Variant2Number",
                                Decode::decode,
                            )(at, out)
                            .map(Self::Number)
                    },
                ),
                ("variant 2", |at, out| Decode::decode(at, out).map(Self::Variant2)),
            ],
        )
    }
}

impl Encode for T3Variant2 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Number(value) => value.encode(out),
            Self::Variant2(value) => value.encode(out),
        }
    }
}

impl From<T3Variant2Variant2> for T3Variant2 {
    fn from(value: T3Variant2Variant2) -> Self {
        Self::Variant2(value)
    }
}
