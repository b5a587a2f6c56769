// @generated from the contracts in spec/; edits are overwritten.

//! `Card`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::CardToken;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Card`
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// A string.
    pub kind: String,
    pub token: CardToken,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Card {
    /// Creates a value from its required fields.
    pub fn new(kind: String, token: CardToken) -> Self {
        Self {
            kind,
            token,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["kind", "token"];

impl Decode for Card {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let kind = object.required("kind");
        let token = object.required("token");
        let others = object.others(PROPERTIES);
        Some(Self {
            kind: kind?,
            token: token?,
            others: others?,
        })
    }
}

impl Encode for Card {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("kind", &self.kind);
        out.field("token", &self.token);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
