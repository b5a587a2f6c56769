// @generated from the contracts in spec/; edits are overwritten.

//! `InnerOther`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::Inner;

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Inner/properties/other`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum InnerOther {
    Inner(Inner),
    String(String),
}

impl Decode for InnerOther {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::exactly_one(
            at,
            out,
            &[
                ("Inner", |at, out| Decode::decode(at, out).map(Self::Inner)),
                ("string", |at, out| Decode::decode(at, out).map(Self::String)),
            ],
        )
    }
}

impl Encode for InnerOther {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Inner(value) => value.encode(out),
            Self::String(value) => value.encode(out),
        }
    }
}

impl From<Inner> for InnerOther {
    fn from(value: Inner) -> Self {
        Self::Inner(value)
    }
}
