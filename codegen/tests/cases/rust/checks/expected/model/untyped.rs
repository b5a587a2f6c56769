// @generated from the contracts in spec/; edits are overwritten.

//! `Untyped`, a union in the contracts.

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{SCHEMAS, UntypedObject};

/// No type.
///
/// - **Shape** a value that matches a variant; the first match is used
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Untyped`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum Untyped {
    Object(UntypedObject),
    Other(Json),
}

impl Decode for Untyped {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("Untyped", at, out)?;
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

impl Encode for Untyped {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Object(value) => value.encode(out),
            Self::Other(value) => value.encode(out),
        }
    }
}

impl From<UntypedObject> for Untyped {
    fn from(value: UntypedObject) -> Self {
        Self::Object(value)
    }
}
