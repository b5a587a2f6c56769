// @generated from the contracts in spec/; edits are overwritten.

//! `SizedValue`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{Big, Small};

/// One of two, by what it says it is.
///
/// - **Shape** an object; `kind` names the variant
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Sized`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum SizedValue {
    Big(Big),
    Small(Small),
}

impl Decode for SizedValue {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::tagged(
            at,
            out,
            "kind",
            &[
                ("Big", |at, out| Decode::decode(at, out).map(Self::Big)),
                ("Small", |at, out| Decode::decode(at, out).map(Self::Small)),
            ],
        )
    }
}

impl Encode for SizedValue {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Big(value) => runtime::encode_tagged(out, "kind", "Big", value),
            Self::Small(value) => runtime::encode_tagged(out, "kind", "Small", value),
        }
    }
}

impl From<Big> for SizedValue {
    fn from(value: Big) -> Self {
        Self::Big(value)
    }
}

impl From<Small> for SizedValue {
    fn from(value: Small) -> Self {
        Self::Small(value)
    }
}
