// @generated from the contracts in spec/; edits are overwritten.

//! `InnerOtherRequest`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::InnerRequest;

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Inner/properties/other`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum InnerOtherRequest {
    Inner(InnerRequest),
    String(String),
}

impl Decode for InnerOtherRequest {
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

impl Encode for InnerOtherRequest {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Inner(value) => value.encode(out),
            Self::String(value) => value.encode(out),
        }
    }
}

impl From<InnerRequest> for InnerOtherRequest {
    fn from(value: InnerRequest) -> Self {
        Self::Inner(value)
    }
}
