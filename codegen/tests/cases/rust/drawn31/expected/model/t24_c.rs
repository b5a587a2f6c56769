// @generated from the contracts in spec/; edits are overwritten.

//! `T24C`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{SCHEMAS, T24CString};

/// A value that matches a variant; the first match is used.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T24/properties/c`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T24C {
    String(T24CString),
}

impl Decode for T24C {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T24C", at, out)?;
        runtime::first(
            at,
            out,
            &[
                (
                    "string",
                    |at, out| {
                        runtime::checked(&SCHEMAS, "T24CString", Decode::decode)(at, out)
                            .map(Self::String)
                    },
                ),
            ],
        )
    }
}

impl Encode for T24C {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::String(value) => value.encode(out),
        }
    }
}
