// @generated from the contracts in spec/; edits are overwritten.

//! `OptionValue`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{BoxValue, SelfValue2};

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Option`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum OptionValue {
    Box(BoxValue),
    Self_(SelfValue2),
}

impl Decode for OptionValue {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::exactly_one(
            at,
            out,
            &[
                ("Box", |at, out| Decode::decode(at, out).map(Self::Box)),
                ("Self", |at, out| Decode::decode(at, out).map(Self::Self_)),
            ],
        )
    }
}

impl Encode for OptionValue {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Box(value) => value.encode(out),
            Self::Self_(value) => value.encode(out),
        }
    }
}

impl From<BoxValue> for OptionValue {
    fn from(value: BoxValue) -> Self {
        Self::Box(value)
    }
}
