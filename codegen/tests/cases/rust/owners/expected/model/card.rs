// @generated from the contracts in spec/; edits are overwritten.

//! `Card`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::Customer;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Card`
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    pub customer: Customer,
    /// A 64-bit integer.
    pub number: i64,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Card {
    /// Creates a value from its required fields.
    pub fn new(customer: Customer, number: i64) -> Self {
        Self {
            customer,
            number,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["customer", "number"];

impl Decode for Card {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let customer = object.required("customer");
        let number = object.required("number");
        let others = object.others(PROPERTIES);
        Some(Self {
            customer: customer?,
            number: number?,
            others: others?,
        })
    }
}

impl Encode for Card {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("customer", &self.customer);
        out.field("number", &self.number);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
