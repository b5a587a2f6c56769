// @generated from the contracts in spec/; edits are overwritten.

//! `VenueRequest`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::VenueSeats;

/// - **Read-only** `city`, `name`, `slug`: set by the service, and ignored in requests
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Venue`
#[derive(Debug, Clone, PartialEq)]
pub struct VenueRequest {
    pub seats: VenueSeats,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl VenueRequest {
    /// Creates a value from its required fields.
    pub fn new(seats: VenueSeats) -> Self {
        Self {
            seats,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["seats", "city", "name", "slug"];

impl Decode for VenueRequest {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let seats = object.required("seats");
        let others = object.others(PROPERTIES);
        Some(Self {
            seats: seats?,
            others: others?,
        })
    }
}

impl Encode for VenueRequest {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("seats", &self.seats);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
