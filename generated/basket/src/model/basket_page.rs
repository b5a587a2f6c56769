// @generated from the contracts in spec/; edits are overwritten.

//! `BasketPage`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, ListRules, Sink, Violations};

use super::{Basket, BasketPageNext};

/// A page of baskets.
///
/// - **Source** `spec/basket/openapi.yaml#/components/schemas/BasketPage`
#[derive(Debug, Clone, PartialEq)]
pub struct BasketPage {
    /// An array of at most 100 items; each item is `Basket`.
    pub items: Vec<Basket>,
    /// Ask for the page after this one with it; absent on the last page.
    pub next: Option<BasketPageNext>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl BasketPage {
    /// Creates a value from its required fields.
    pub fn new(items: Vec<Basket>) -> Self {
        Self {
            items,
            next: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["items", "next"];

impl Decode for BasketPage {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        const ITEMS: ListRules = ListRules::new().max_items(100);
        let mut object = at.object(out)?;
        let items = object.required_as("items", runtime::list(ITEMS));
        let next = object.optional("next");
        let others = object.others(PROPERTIES);
        Some(Self {
            items: items?,
            next: next?,
            others: others?,
        })
    }
}

impl Encode for BasketPage {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("items", &self.items);
        out.optional("next", &self.next);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
