// @generated from the contracts in spec/; edits are overwritten.

//! `Card`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::CardToken;

/// `Card`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Card`
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// `kind`
    ///
    /// - **Shape** a string
    pub kind: String,
    /// `token`
    pub token: CardToken,
}

impl Card {
    /// With what the contract requires, and nothing else.
    pub fn new(kind: String, token: CardToken) -> Self {
        Self { kind, token }
    }
}

impl Decode for Card {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let kind = object.required("kind");
        let token = object.required("token");
        Some(Self { kind: kind?, token: token? })
    }
}

impl Encode for Card {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("kind", &self.kind);
        out.field("token", &self.token);
        out.end_map();
    }
}
