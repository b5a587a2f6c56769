// @generated from the contracts in spec/; edits are overwritten.

//! `Filter`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::FilterPrice;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Filter`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// `true` or `false`.
    pub open: Option<bool>,
    pub price: Option<FilterPrice>,
    /// An array; each item is a string.
    pub tags: Option<Vec<String>>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["open", "price", "tags"];

impl Decode for Filter {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let open = object.optional("open");
        let price = object.optional("price");
        let tags = object.optional("tags");
        let others = object.others(PROPERTIES);
        Some(Self {
            open: open?,
            price: price?,
            tags: tags?,
            others: others?,
        })
    }
}

impl Encode for Filter {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("open", &self.open);
        out.optional("price", &self.price);
        out.optional("tags", &self.tags);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
