// @generated from the contracts in spec/; edits are overwritten.

//! `ReadChoicesXSize`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{ReadChoicesXSizeNumber, ReadChoicesXSizeString, SCHEMAS};

/// A value that matches a variant; the first match is used.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1choices/get/parameters/5/schema`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum ReadChoicesXSize {
    Number(ReadChoicesXSizeNumber),
    String(ReadChoicesXSizeString),
}

impl Decode for ReadChoicesXSize {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("ChoicesGetN5", at, out)?;
        runtime::first(
            at,
            out,
            &[
                ("number", |at, out| Decode::decode(at, out).map(Self::Number)),
                ("string", |at, out| Decode::decode(at, out).map(Self::String)),
            ],
        )
    }
}

impl Encode for ReadChoicesXSize {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Number(value) => value.encode(out),
            Self::String(value) => value.encode(out),
        }
    }
}
