// @generated from the contracts in spec/; edits are overwritten.

//! `Wish`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{WishCustomer, WishText};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Wish`
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    pub customer: WishCustomer,
    pub text: WishText,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Wish {
    /// Creates a value from its required fields.
    pub fn new(customer: WishCustomer, text: WishText) -> Self {
        Self {
            customer,
            text,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["customer", "text"];

impl Decode for Wish {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let customer = object.required("customer");
        let text = object.required("text");
        let others = object.others(PROPERTIES);
        Some(Self {
            customer: customer?,
            text: text?,
            others: others?,
        })
    }
}

impl Encode for Wish {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("customer", &self.customer);
        out.field("text", &self.text);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
