// @generated from the contracts in spec/; edits are overwritten.

//! `T26`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{SCHEMAS, T26Integer, T26Variant1};

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T26`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T26 {
    Variant1(T26Variant1),
    Integer(T26Integer),
}

impl Decode for T26 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T26", at, out)?;
        runtime::exactly_one(
            at,
            out,
            &[
                (
                    "variant 1",
                    |at, out| {
                        runtime::checked(
                                &SCHEMAS,
                                "T26Variant1",
                                Decode::decode,
                            )(at, out)
                            .map(Self::Variant1)
                    },
                ),
                (
                    "integer",
                    |at, out| {
                        runtime::checked(&SCHEMAS, "T26Integer", Decode::decode)(at, out)
                            .map(Self::Integer)
                    },
                ),
            ],
        )
    }
}

impl Encode for T26 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Variant1(value) => value.encode(out),
            Self::Integer(value) => value.encode(out),
        }
    }
}
