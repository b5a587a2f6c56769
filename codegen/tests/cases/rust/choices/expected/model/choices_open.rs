// @generated from the contracts in spec/; edits are overwritten.

//! `ChoicesOpen`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{ChoicesOpenNumber, ChoicesOpenString, SCHEMAS};

/// A value that matches a variant; the first match is used.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Choices/properties/open`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum ChoicesOpen {
    Boolean(bool),
    Number(ChoicesOpenNumber),
    String(ChoicesOpenString),
}

impl Decode for ChoicesOpen {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("ChoicesOpen", at, out)?;
        runtime::first(
            at,
            out,
            &[
                ("boolean", |at, out| Decode::decode(at, out).map(Self::Boolean)),
                ("number", |at, out| Decode::decode(at, out).map(Self::Number)),
                ("string", |at, out| Decode::decode(at, out).map(Self::String)),
            ],
        )
    }
}

impl Encode for ChoicesOpen {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Boolean(value) => value.encode(out),
            Self::Number(value) => value.encode(out),
            Self::String(value) => value.encode(out),
        }
    }
}
