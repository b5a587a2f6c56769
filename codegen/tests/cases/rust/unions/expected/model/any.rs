// @generated from the contracts in spec/; edits are overwritten.

//! `Any`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{Card, Transfer};

/// A value that matches a variant; the first match is used.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Any`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum Any {
    Card(Card),
    Transfer(Transfer),
}

impl Decode for Any {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::first(
            at,
            out,
            &[
                ("Card", |at, out| Decode::decode(at, out).map(Self::Card)),
                ("Transfer", |at, out| Decode::decode(at, out).map(Self::Transfer)),
            ],
        )
    }
}

impl Encode for Any {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Card(value) => value.encode(out),
            Self::Transfer(value) => value.encode(out),
        }
    }
}

impl From<Card> for Any {
    fn from(value: Card) -> Self {
        Self::Card(value)
    }
}

impl From<Transfer> for Any {
    fn from(value: Transfer) -> Self {
        Self::Transfer(value)
    }
}
