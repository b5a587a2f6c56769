// @generated from the contracts in spec/; edits are overwritten.

//! `T3`, a union in the contracts.

use runtime::{At, Decode, Encode, ListRules, Sink, Violations};

use super::{SCHEMAS, T3ArrayItem, T3Number, T3Variant2};

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T3`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T3 {
    Array(Vec<Option<T3ArrayItem>>),
    Variant2(T3Variant2),
    Number(T3Number),
}

impl Decode for T3 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::exactly_one(
            at,
            out,
            &[
                (
                    "array",
                    |at, out| {
                        runtime::list_of(
                                ListRules::new().unique_items(),
                                runtime::nullable(
                                    runtime::checked(&SCHEMAS, "T3N0", Decode::decode),
                                ),
                            )(at, out)
                            .map(Self::Array)
                    },
                ),
                ("variant 2", |at, out| Decode::decode(at, out).map(Self::Variant2)),
                ("number", |at, out| Decode::decode(at, out).map(Self::Number)),
            ],
        )
    }
}

impl Encode for T3 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Array(value) => value.encode(out),
            Self::Variant2(value) => value.encode(out),
            Self::Number(value) => value.encode(out),
        }
    }
}

impl From<T3Variant2> for T3 {
    fn from(value: T3Variant2) -> Self {
        Self::Variant2(value)
    }
}
