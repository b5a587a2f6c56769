// @generated from the contracts in spec/; edits are overwritten.

//! `T28Variant3`, a union in the contracts.

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{SCHEMAS, T28Variant3Object};

/// A value that matches a variant; the first match is used.
///
/// - **Source** `spec/shop/openapi.json#/components/schemas/T28/anyOf/2`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum T28Variant3 {
    Object(T28Variant3Object),
    Other(Json),
}

impl Decode for T28Variant3 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T28N2", at, out)?;
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

impl Encode for T28Variant3 {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Object(value) => value.encode(out),
            Self::Other(value) => value.encode(out),
        }
    }
}

impl From<T28Variant3Object> for T28Variant3 {
    fn from(value: T28Variant3Object) -> Self {
        Self::Object(value)
    }
}
