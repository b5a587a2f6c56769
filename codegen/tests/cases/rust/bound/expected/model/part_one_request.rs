// @generated from the contracts in spec/; edits are overwritten.

//! `PartOneRequest`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::SizeRequest;

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Part/properties/one`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum PartOneRequest {
    Size(SizeRequest),
}

impl Decode for PartOneRequest {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::exactly_one(
            at,
            out,
            &[("Size", |at, out| Decode::decode(at, out).map(Self::Size))],
        )
    }
}

impl Encode for PartOneRequest {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Size(value) => value.encode(out),
        }
    }
}

impl From<SizeRequest> for PartOneRequest {
    fn from(value: SizeRequest) -> Self {
        Self::Size(value)
    }
}
