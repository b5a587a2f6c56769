// @generated from the contracts in spec/; edits are overwritten.

//! `Order`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{OrderId, OrderStatus};

/// - **Source** `spec/shop/asyncapi.yaml#/components/schemas/Order`
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    pub id: OrderId,
    pub status: OrderStatus,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Order {
    /// Creates a value from its required fields.
    pub fn new(id: OrderId, status: OrderStatus) -> Self {
        Self {
            id,
            status,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["id", "status"];

impl Decode for Order {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let id = object.required("id");
        let status = object.required("status");
        let others = object.others(PROPERTIES);
        Some(Self {
            id: id?,
            status: status?,
            others: others?,
        })
    }
}

impl Encode for Order {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("id", &self.id);
        out.field("status", &self.status);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
