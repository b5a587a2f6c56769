// @generated from the contracts in spec/; edits are overwritten.

//! `Payment`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{Card, Transfer};

/// How it is paid.
///
/// - **Shape** an object; `kind` names the variant
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Payment`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum Payment {
    Card(Card),
    Transfer(Box<Transfer>),
}

impl Decode for Payment {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::tagged(
            at,
            out,
            "kind",
            &[
                ("card", |at, out| Decode::decode(at, out).map(Self::Card)),
                ("transfer", |at, out| Decode::decode(at, out).map(Self::Transfer)),
            ],
        )
    }
}

impl Encode for Payment {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Card(value) => runtime::encode_tagged(out, "kind", "card", value),
            Self::Transfer(value) => {
                runtime::encode_tagged(out, "kind", "transfer", value)
            }
        }
    }
}

impl From<Card> for Payment {
    fn from(value: Card) -> Self {
        Self::Card(value)
    }
}
