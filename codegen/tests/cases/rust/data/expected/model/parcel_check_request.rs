// @generated from the contracts in spec/; edits are overwritten.

//! `ParcelCheckRequest`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::CheckRequest;

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Parcel/properties/check`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum ParcelCheckRequest {
    String(String),
    Check(CheckRequest),
}

impl Decode for ParcelCheckRequest {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::exactly_one(
            at,
            out,
            &[
                ("string", |at, out| Decode::decode(at, out).map(Self::String)),
                ("Check", |at, out| Decode::decode(at, out).map(Self::Check)),
            ],
        )
    }
}

impl Encode for ParcelCheckRequest {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::String(value) => value.encode(out),
            Self::Check(value) => value.encode(out),
        }
    }
}

impl From<CheckRequest> for ParcelCheckRequest {
    fn from(value: CheckRequest) -> Self {
        Self::Check(value)
    }
}
