// @generated from the contracts in spec/; edits are overwritten.

//! `LongWish`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{LongWishStory, WishCustomer, WishText};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/LongWish`
#[derive(Debug, Clone, PartialEq)]
pub struct LongWish {
    pub customer: WishCustomer,
    pub text: WishText,
    pub story: LongWishStory,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl LongWish {
    /// Creates a value from its required fields.
    pub fn new(customer: WishCustomer, text: WishText, story: LongWishStory) -> Self {
        Self {
            customer,
            text,
            story,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["customer", "text", "story"];

impl Decode for LongWish {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let customer = object.required("customer");
        let text = object.required("text");
        let story = object.required("story");
        let others = object.others(PROPERTIES);
        Some(Self {
            customer: customer?,
            text: text?,
            story: story?,
            others: others?,
        })
    }
}

impl Encode for LongWish {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("customer", &self.customer);
        out.field("text", &self.text);
        out.field("story", &self.story);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
