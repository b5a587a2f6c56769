// @generated from the contracts in spec/; edits are overwritten.

//! `Wish`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{WishCustomer, WishText};

/// The schema `Wish`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Wish`
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    /// The property `customer`.
    pub customer: WishCustomer,
    /// The property `text`.
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

impl Decode for Wish {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        const PROPERTIES: &[&str] = &["customer", "text"];
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
        const PROPERTIES: &[&str] = &["customer", "text"];
        out.begin_map();
        out.field("customer", &self.customer);
        out.field("text", &self.text);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
