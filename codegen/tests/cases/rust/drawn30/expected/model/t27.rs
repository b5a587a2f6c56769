// @generated from the contracts in spec/; edits are overwritten.

//! `T27`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{SCHEMAS, T27Number, T27Variant2, T27Variant3};

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T27`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T27 {
    Number(T27Number),
    Variant2(T27Variant2),
    Variant3(T27Variant3),
}

impl Decode for T27 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T27", at, out)?;
        runtime::exactly_one(
            at,
            out,
            &[
                (
                    "number",
                    |at, out| {
                        runtime::checked(&SCHEMAS, "T27N0", Decode::decode)(at, out)
                            .map(Self::Number)
                    },
                ),
                ("variant 2", |at, out| Decode::decode(at, out).map(Self::Variant2)),
                (
                    "variant 3",
                    |at, out| {
                        runtime::checked(&SCHEMAS, "T27N2", Decode::decode)(at, out)
                            .map(Self::Variant3)
                    },
                ),
            ],
        )
    }
}

impl Encode for T27 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Number(value) => value.encode(out),
            Self::Variant2(value) => value.encode(out),
            Self::Variant3(value) => value.encode(out),
        }
    }
}

impl From<T27Variant2> for T27 {
    fn from(value: T27Variant2) -> Self {
        Self::Variant2(value)
    }
}
