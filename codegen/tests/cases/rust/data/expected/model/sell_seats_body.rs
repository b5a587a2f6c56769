// @generated from the contracts in spec/; edits are overwritten.

//! `SellSeatsBody`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::SellSeatsBodySeats;

/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1shows~1{id}~1sales/post/requestBody/content/application~1json/schema`
#[derive(Debug, Clone, PartialEq)]
pub struct SellSeatsBody {
    pub seats: SellSeatsBodySeats,
}

impl SellSeatsBody {
    /// Creates a value from its required fields.
    pub fn new(seats: SellSeatsBodySeats) -> Self {
        Self { seats }
    }
}

const PROPERTIES: &[&str] = &["seats"];

impl Decode for SellSeatsBody {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let seats = object.required("seats");
        object.refuse_others(PROPERTIES);
        object.end()?;
        Some(Self { seats: seats? })
    }
}

impl Encode for SellSeatsBody {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("seats", &self.seats);
        out.end_map();
    }
}
