// @generated from the contracts in spec/; edits are overwritten.

//! `T19`, a union in the contracts.

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{SCHEMAS, T19Object};

/// A value that matches a variant; the first match is used.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T19`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T19 {
    Object(T19Object),
    Other(Json),
}

impl Decode for T19 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T19", at, out)?;
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

impl Encode for T19 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Object(value) => value.encode(out),
            Self::Other(value) => value.encode(out),
        }
    }
}

impl From<T19Object> for T19 {
    fn from(value: T19Object) -> Self {
        Self::Object(value)
    }
}
