// @generated from the contracts in spec/; edits are overwritten.

//! `CardRequest`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::Customer;

/// - **Read-only** `number`: set by the service, and ignored in requests
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Card`
#[derive(Debug, Clone, PartialEq)]
pub struct CardRequest {
    pub customer: Customer,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl CardRequest {
    /// Creates a value from its required fields.
    pub fn new(customer: Customer) -> Self {
        Self {
            customer,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["customer", "number"];

impl Decode for CardRequest {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let customer = object.required("customer");
        let others = object.others(PROPERTIES);
        Some(Self {
            customer: customer?,
            others: others?,
        })
    }
}

impl Encode for CardRequest {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("customer", &self.customer);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
