// @generated from the contracts in spec/; edits are overwritten.

//! `Booking`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::BookingSeats;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Booking`
#[derive(Debug, Clone, PartialEq)]
pub struct Booking {
    pub seats: BookingSeats,
    /// An integer of at most 38 digits.
    pub number: Option<i128>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Booking {
    /// Creates a value from its required fields.
    pub fn new(seats: BookingSeats) -> Self {
        Self {
            seats,
            number: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["seats", "number"];

impl Decode for Booking {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let seats = object.required("seats");
        let number = object.optional("number");
        let others = object.others(PROPERTIES);
        Some(Self {
            seats: seats?,
            number: number?,
            others: others?,
        })
    }
}

impl Encode for Booking {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("seats", &self.seats);
        out.optional("number", &self.number);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
