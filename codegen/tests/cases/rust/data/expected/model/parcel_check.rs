// @generated from the contracts in spec/; edits are overwritten.

//! `ParcelCheck`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::Check;

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Parcel/properties/check`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum ParcelCheck {
    String(String),
    Check(Check),
}

impl Decode for ParcelCheck {
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

impl Encode for ParcelCheck {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::String(value) => value.encode(out),
            Self::Check(value) => value.encode(out),
        }
    }
}

impl From<Check> for ParcelCheck {
    fn from(value: Check) -> Self {
        Self::Check(value)
    }
}
