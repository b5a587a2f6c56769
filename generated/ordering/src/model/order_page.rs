// @generated from the contracts in spec/; edits are overwritten.

//! `OrderPage`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, ListRules, Sink, Violations};

use super::{Order, OrderPageNext};

/// A page of orders.
///
/// - **Source** `spec/ordering/openapi.yaml#/components/schemas/OrderPage`
#[derive(Debug, Clone, PartialEq)]
pub struct OrderPage {
    /// An array of at most 100 items; each item is `Order`.
    pub items: Vec<Order>,
    /// Ask for the page after this one with it; absent on the last page.
    pub next: Option<OrderPageNext>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl OrderPage {
    /// Creates a value from its required fields.
    pub fn new(items: Vec<Order>) -> Self {
        Self {
            items,
            next: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["items", "next"];

impl Decode for OrderPage {
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

impl Encode for OrderPage {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("items", &self.items);
        out.optional("next", &self.next);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
