// @generated from the contracts in spec/; edits are overwritten.

//! `Either`, a union in the contracts.

use runtime::{At, Decode, Encode, ListRules, Sink, Violations};

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Either`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum Either {
    Integer(i128),
    Array(Vec<String>),
}

impl Decode for Either {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::exactly_one(
            at,
            out,
            &[
                ("integer", |at, out| Decode::decode(at, out).map(Self::Integer)),
                (
                    "array",
                    |at, out| {
                        runtime::list(ListRules::new().max_items(2))(at, out)
                            .map(Self::Array)
                    },
                ),
            ],
        )
    }
}

impl Encode for Either {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Integer(value) => value.encode(out),
            Self::Array(value) => value.encode(out),
        }
    }
}
