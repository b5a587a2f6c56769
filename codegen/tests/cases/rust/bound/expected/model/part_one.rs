// @generated from the contracts in spec/; edits are overwritten.

//! `PartOne`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::Size;

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Part/properties/one`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum PartOne {
    Size(Size),
}

impl Decode for PartOne {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::exactly_one(
            at,
            out,
            &[("Size", |at, out| Decode::decode(at, out).map(Self::Size))],
        )
    }
}

impl Encode for PartOne {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Size(value) => value.encode(out),
        }
    }
}

impl From<Size> for PartOne {
    fn from(value: Size) -> Self {
        Self::Size(value)
    }
}
