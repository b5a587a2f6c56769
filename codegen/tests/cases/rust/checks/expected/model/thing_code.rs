// @generated from the contracts in spec/; edits are overwritten.

//! `ThingCode`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{SCHEMAS, ThingCodeInteger, ThingCodeString};

/// A value that matches a variant; the first match is used.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/code`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum ThingCode {
    String(ThingCodeString),
    Integer(ThingCodeInteger),
}

impl Decode for ThingCode {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("ThingCode", at, out)?;
        runtime::first(
            at,
            out,
            &[
                ("string", |at, out| Decode::decode(at, out).map(Self::String)),
                ("integer", |at, out| Decode::decode(at, out).map(Self::Integer)),
            ],
        )
    }
}

impl Encode for ThingCode {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::String(value) => value.encode(out),
            Self::Integer(value) => value.encode(out),
        }
    }
}
