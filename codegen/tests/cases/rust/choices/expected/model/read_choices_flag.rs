// @generated from the contracts in spec/; edits are overwritten.

//! `ReadChoicesFlag`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{ReadChoicesFlagString, SCHEMAS};

/// A value that matches a variant; the first match is used.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1choices/get/parameters/0/schema`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum ReadChoicesFlag {
    Boolean(bool),
    String(ReadChoicesFlagString),
}

impl Decode for ReadChoicesFlag {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("ChoicesGetN0", at, out)?;
        runtime::first(
            at,
            out,
            &[
                ("boolean", |at, out| Decode::decode(at, out).map(Self::Boolean)),
                ("string", |at, out| Decode::decode(at, out).map(Self::String)),
            ],
        )
    }
}

impl Encode for ReadChoicesFlag {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Boolean(value) => value.encode(out),
            Self::String(value) => value.encode(out),
        }
    }
}
