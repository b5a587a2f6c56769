// @generated from the contracts in spec/; edits are overwritten.

//! `T25`, a union in the contracts.

use runtime::{At, Decode, Encode, ListRules, Sink, Violations};

use super::{SCHEMAS, T25Variant1, T25Variant3};

/// A value that matches a variant; the first match is used.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T25`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T25 {
    Variant1(T25Variant1),
    Array(Vec<Option<f64>>),
    Variant3(T25Variant3),
}

impl Decode for T25 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::first(
            at,
            out,
            &[
                ("variant 1", |at, out| Decode::decode(at, out).map(Self::Variant1)),
                (
                    "array",
                    |at, out| {
                        runtime::list(ListRules::new().unique_items())(at, out)
                            .map(Self::Array)
                    },
                ),
                (
                    "variant 3",
                    |at, out| {
                        runtime::checked(&SCHEMAS, "T25N2", Decode::decode)(at, out)
                            .map(Self::Variant3)
                    },
                ),
            ],
        )
    }
}

impl Encode for T25 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Variant1(value) => value.encode(out),
            Self::Array(value) => value.encode(out),
            Self::Variant3(value) => value.encode(out),
        }
    }
}

impl From<T25Variant1> for T25 {
    fn from(value: T25Variant1) -> Self {
        Self::Variant1(value)
    }
}
