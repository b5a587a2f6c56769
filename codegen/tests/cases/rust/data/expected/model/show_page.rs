// @generated from the contracts in spec/; edits are overwritten.

//! `ShowPage`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::Show;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/ShowPage`
#[derive(Debug, Clone, PartialEq)]
pub struct ShowPage {
    /// An array; each item is `Show`.
    pub shows: Vec<Show>,
    /// A string.
    pub next: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl ShowPage {
    /// Creates a value from its required fields.
    pub fn new(shows: Vec<Show>) -> Self {
        Self {
            shows,
            next: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["shows", "next"];

impl Decode for ShowPage {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let shows = object.required("shows");
        let next = object.optional("next");
        let others = object.others(PROPERTIES);
        Some(Self {
            shows: shows?,
            next: next?,
            others: others?,
        })
    }
}

impl Encode for ShowPage {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("shows", &self.shows);
        out.optional("next", &self.next);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
