// @generated from the contracts in spec/; edits are overwritten.

//! `T28`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{SCHEMAS, T28Variant1, T28Variant2, T28Variant3};

/// A value that matches a variant; the first match is used.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T28`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T28 {
    Variant1(T28Variant1),
    Variant2(T28Variant2),
    Variant3(T28Variant3),
}

impl Decode for T28 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::first(
            at,
            out,
            &[
                (
                    "variant 1",
                    |at, out| {
                        runtime::checked(&SCHEMAS, "T28N0", Decode::decode)(at, out)
                            .map(Self::Variant1)
                    },
                ),
                ("variant 2", |at, out| Decode::decode(at, out).map(Self::Variant2)),
                ("variant 3", |at, out| Decode::decode(at, out).map(Self::Variant3)),
            ],
        )
    }
}

impl Encode for T28 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Variant1(value) => value.encode(out),
            Self::Variant2(value) => value.encode(out),
            Self::Variant3(value) => value.encode(out),
        }
    }
}

impl From<T28Variant2> for T28 {
    fn from(value: T28Variant2) -> Self {
        Self::Variant2(value)
    }
}

impl From<T28Variant3> for T28 {
    fn from(value: T28Variant3) -> Self {
        Self::Variant3(value)
    }
}
