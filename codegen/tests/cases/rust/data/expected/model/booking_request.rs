// @generated from the contracts in spec/; edits are overwritten.

//! `BookingRequest`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::BookingSeats;

/// - **Read-only** `number`: set by the service, and ignored in requests
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Booking`
#[derive(Debug, Clone, PartialEq)]
pub struct BookingRequest {
    pub seats: BookingSeats,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl BookingRequest {
    /// Creates a value from its required fields.
    pub fn new(seats: BookingSeats) -> Self {
        Self {
            seats,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["seats", "number"];

impl Decode for BookingRequest {
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

impl Encode for BookingRequest {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("seats", &self.seats);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
