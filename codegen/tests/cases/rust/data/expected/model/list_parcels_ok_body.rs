// @generated from the contracts in spec/; edits are overwritten.

//! `ListParcelsOkBody`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, ListRules, Sink, Violations};

use super::Parcel;

/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1parcels/get/responses/200/content/application~1json/schema`
#[derive(Debug, Clone, PartialEq)]
pub struct ListParcelsOkBody {
    /// An array of at most 100 items; each item is `Parcel`.
    pub parcels: Vec<Parcel>,
    /// A string.
    pub next: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl ListParcelsOkBody {
    /// Creates a value from its required fields.
    pub fn new(parcels: Vec<Parcel>) -> Self {
        Self {
            parcels,
            next: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["parcels", "next"];

impl Decode for ListParcelsOkBody {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        const PARCELS: ListRules = ListRules::new().max_items(100);
        let mut object = at.object(out)?;
        let parcels = object.required_as("parcels", runtime::list(PARCELS));
        let next = object.optional("next");
        let others = object.others(PROPERTIES);
        Some(Self {
            parcels: parcels?,
            next: next?,
            others: others?,
        })
    }
}

impl Encode for ListParcelsOkBody {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("parcels", &self.parcels);
        out.optional("next", &self.next);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
