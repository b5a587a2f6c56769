// @generated from the contracts in spec/; edits are overwritten.

//! `ReadPlacesFree`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{Big, Small};

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1places/get/parameters/9/schema`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum ReadPlacesFree {
    Big(Big),
    Small(Small),
}

impl Decode for ReadPlacesFree {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::exactly_one(
            at,
            out,
            &[
                ("Big", |at, out| Decode::decode(at, out).map(Self::Big)),
                ("Small", |at, out| Decode::decode(at, out).map(Self::Small)),
            ],
        )
    }
}

impl Encode for ReadPlacesFree {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Big(value) => value.encode(out),
            Self::Small(value) => value.encode(out),
        }
    }
}

impl From<Big> for ReadPlacesFree {
    fn from(value: Big) -> Self {
        Self::Big(value)
    }
}

impl From<Small> for ReadPlacesFree {
    fn from(value: Small) -> Self {
        Self::Small(value)
    }
}
