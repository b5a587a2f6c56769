// @generated from the contracts in spec/; edits are overwritten.

//! `T2`, a union in the contracts.

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{SCHEMAS, T2Object};

/// A value that matches a variant; the first match is used.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T2`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T2 {
    Object(T2Object),
    Other(Json),
}

impl Decode for T2 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T2", at, out)?;
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

impl Encode for T2 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Object(value) => value.encode(out),
            Self::Other(value) => value.encode(out),
        }
    }
}

impl From<T2Object> for T2 {
    fn from(value: T2Object) -> Self {
        Self::Object(value)
    }
}
