// @generated from the contracts in spec/; edits are overwritten.

//! `OrderPlaced`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Uuid, Violations};

use super::OrderPlacedRegion;

/// - **Source** `spec/shop/asyncapi.yaml#/components/messages/OrderPlaced/payload`
#[derive(Debug, Clone, PartialEq)]
pub struct OrderPlaced {
    /// A UUID (RFC 9562).
    pub id: Uuid,
    pub region: OrderPlacedRegion,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl OrderPlaced {
    /// Creates a value from its required fields.
    pub fn new(id: Uuid, region: OrderPlacedRegion) -> Self {
        Self {
            id,
            region,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["id", "region"];

impl Decode for OrderPlaced {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let id = object.required("id");
        let region = object.required("region");
        let others = object.others(PROPERTIES);
        Some(Self {
            id: id?,
            region: region?,
            others: others?,
        })
    }
}

impl Encode for OrderPlaced {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("id", &self.id);
        out.field("region", &self.region);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
