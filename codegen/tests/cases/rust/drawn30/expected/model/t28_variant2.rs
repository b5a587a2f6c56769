// @generated from the contracts in spec/; edits are overwritten.

//! `T28Variant2`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{SCHEMAS, T28Variant2Number};

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T28/anyOf/1`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T28Variant2 {
    Number(T28Variant2Number),
}

impl Decode for T28Variant2 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::exactly_one(
            at,
            out,
            &[
                (
                    "number",
                    |at, out| {
                        runtime::checked(&SCHEMAS, "T28N1N0", Decode::decode)(at, out)
                            .map(Self::Number)
                    },
                ),
            ],
        )
    }
}

impl Encode for T28Variant2 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Number(value) => value.encode(out),
        }
    }
}
