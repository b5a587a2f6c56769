// @generated from the contracts in spec/; edits are overwritten.

//! `ChoicesEither`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{ChoicesEitherInteger, ChoicesEitherString, SCHEMAS};

/// A value that matches a variant; the first match is used.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Choices/properties/either`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum ChoicesEither {
    Integer(ChoicesEitherInteger),
    String(ChoicesEitherString),
}

impl Decode for ChoicesEither {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("ChoicesEither", at, out)?;
        runtime::first(
            at,
            out,
            &[
                ("integer", |at, out| Decode::decode(at, out).map(Self::Integer)),
                ("string", |at, out| Decode::decode(at, out).map(Self::String)),
            ],
        )
    }
}

impl Encode for ChoicesEither {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Integer(value) => value.encode(out),
            Self::String(value) => value.encode(out),
        }
    }
}
