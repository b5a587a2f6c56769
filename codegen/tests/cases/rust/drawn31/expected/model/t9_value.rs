// @generated from the contracts in spec/; edits are overwritten.

//! `T9Value`, a union in the contracts.

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{SCHEMAS, T9ValueObject};

/// A value that matches a variant; the first match is used.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T9/additionalProperties`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T9Value {
    Object(T9ValueObject),
    Other(Json),
}

impl Decode for T9Value {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T92", at, out)?;
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

impl Encode for T9Value {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Object(value) => value.encode(out),
            Self::Other(value) => value.encode(out),
        }
    }
}

impl From<T9ValueObject> for T9Value {
    fn from(value: T9ValueObject) -> Self {
        Self::Object(value)
    }
}
