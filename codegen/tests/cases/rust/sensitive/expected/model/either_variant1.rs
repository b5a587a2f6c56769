// @generated from the contracts in spec/; edits are overwritten.

//! `EitherVariant1`, a union in the contracts.

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{EitherVariant1Object, SCHEMAS};

/// A value that matches a variant; the first match is used.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Either/oneOf/0`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum EitherVariant1 {
    Object(EitherVariant1Object),
    Other(Json),
}

impl Decode for EitherVariant1 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("EitherN0", at, out)?;
        runtime::first(
            at,
            out,
            &[
                ("object", |at, out| Decode::decode(at, out).map(Self::Object)),
                ("other", |at, out| Decode::decode(at, out).map(Self::Other)),
            ],
        )
    }
}

impl Encode for EitherVariant1 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Object(value) => value.encode(out),
            Self::Other(value) => value.encode(out),
        }
    }
}

impl From<EitherVariant1Object> for EitherVariant1 {
    fn from(value: EitherVariant1Object) -> Self {
        Self::Object(value)
    }
}
