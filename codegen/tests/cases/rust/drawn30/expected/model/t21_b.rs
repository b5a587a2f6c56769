// @generated from the contracts in spec/; edits are overwritten.

//! `T21B`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{SCHEMAS, T21BInteger};

/// A value that matches a variant; the first match is used.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T21/properties/b`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T21B {
    Integer(T21BInteger),
}

impl Decode for T21B {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T21B", at, out)?;
        runtime::first(
            at,
            out,
            &[
                (
                    "integer",
                    |at, out| {
                        runtime::checked(&SCHEMAS, "T21Bn0", Decode::decode)(at, out)
                            .map(Self::Integer)
                    },
                ),
            ],
        )
    }
}

impl Encode for T21B {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Integer(value) => value.encode(out),
        }
    }
}
