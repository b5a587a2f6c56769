// @generated from the contracts in spec/; edits are overwritten.

//! `OrderPlaced`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Uuid, Violations};

use super::OrderPlacedRegion;

/// `OrderPlaced`
///
/// - **Source** `spec/shop/asyncapi.yaml#/components/messages/OrderPlaced/payload`
#[derive(Debug, Clone, PartialEq)]
pub struct OrderPlaced {
    /// `id`
    ///
    /// - **Shape** a UUID (RFC 9562)
    pub id: Uuid,
    /// `region`
    pub region: OrderPlacedRegion,
}

impl OrderPlaced {
    /// With what the contract requires, and nothing else.
    pub fn new(id: Uuid, region: OrderPlacedRegion) -> Self {
        Self { id, region }
    }
}

impl Decode for OrderPlaced {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let id = object.required("id");
        let region = object.required("region");
        Some(Self { id: id?, region: region? })
    }
}

impl Encode for OrderPlaced {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("id", &self.id);
        out.field("region", &self.region);
        out.end_map();
    }
}
