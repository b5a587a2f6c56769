// @generated from the contracts in spec/; edits are overwritten.

//! `ListVenuesOkBody`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, ListRules, Sink, Violations};

use super::Venue;

/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1venues/get/responses/200/content/application~1json/schema`
#[derive(Debug, Clone, PartialEq)]
pub struct ListVenuesOkBody {
    /// An array of at most 100 items; each item is `Venue`.
    pub venues: Vec<Venue>,
    /// A string.
    pub next: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl ListVenuesOkBody {
    /// Creates a value from its required fields.
    pub fn new(venues: Vec<Venue>) -> Self {
        Self {
            venues,
            next: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["venues", "next"];

impl Decode for ListVenuesOkBody {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        const VENUES: ListRules = ListRules::new().max_items(100);
        let mut object = at.object(out)?;
        let venues = object.required_as("venues", runtime::list(VENUES));
        let next = object.optional("next");
        let others = object.others(PROPERTIES);
        Some(Self {
            venues: venues?,
            next: next?,
            others: others?,
        })
    }
}

impl Encode for ListVenuesOkBody {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("venues", &self.venues);
        out.optional("next", &self.next);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
