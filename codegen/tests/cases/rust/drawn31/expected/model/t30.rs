// @generated from the contracts in spec/; edits are overwritten.

//! `T30`, a union in the contracts.

use runtime::{At, Decode, Encode, ListRules, Sink, Violations};

use super::{SCHEMAS, T30Array, T30Integer};

/// A value that matches a variant; the first match is used.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T30`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T30 {
    Array(T30Array),
    Integer(T30Integer),
}

impl Decode for T30 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::first(
            at,
            out,
            &[
                (
                    "array",
                    |at, out| {
                        runtime::checked(
                                &SCHEMAS,
                                "T30N0",
                                runtime::list(ListRules::new().max_items(1)),
                            )(at, out)
                            .map(Self::Array)
                    },
                ),
                (
                    "integer",
                    |at, out| {
                        runtime::checked(&SCHEMAS, "T30N1", Decode::decode)(at, out)
                            .map(Self::Integer)
                    },
                ),
            ],
        )
    }
}

impl Encode for T30 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Array(value) => value.encode(out),
            Self::Integer(value) => value.encode(out),
        }
    }
}
