// @generated from the contracts in spec/; edits are overwritten.

//! `Card`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::SCHEMAS;

/// Rules between properties.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Card`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Card {
    /// A string.
    pub number: Option<String>,
    /// A string.
    pub owner: Option<String>,
    /// A string.
    pub country: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["number", "owner", "country"];

impl Decode for Card {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("Card", at, out)?;
        let mut object = at.object(out)?;
        let number = object.optional("number");
        let owner = object.optional("owner");
        let country = object.optional("country");
        let others = object.others(PROPERTIES);
        Some(Self {
            number: number?,
            owner: owner?,
            country: country?,
            others: others?,
        })
    }
}

impl Encode for Card {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("number", &self.number);
        out.optional("owner", &self.owner);
        out.optional("country", &self.country);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
