// @generated from the contracts in spec/; edits are overwritten.

//! `Order`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{Customer, OrderId};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Order`
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    pub customer: Customer,
    pub id: OrderId,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Order {
    /// Creates a value from its required fields.
    pub fn new(customer: Customer, id: OrderId) -> Self {
        Self {
            customer,
            id,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["customer", "id"];

impl Decode for Order {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let customer = object.required("customer");
        let id = object.required("id");
        let others = object.others(PROPERTIES);
        Some(Self {
            customer: customer?,
            id: id?,
            others: others?,
        })
    }
}

impl Encode for Order {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("customer", &self.customer);
        out.field("id", &self.id);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
