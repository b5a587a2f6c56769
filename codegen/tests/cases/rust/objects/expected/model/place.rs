// @generated from the contracts in spec/; edits are overwritten.

//! `Place`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::PlaceCity;

/// `Place`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Place`
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// `city`
    pub city: PlaceCity,
}

impl Place {
    /// With what the contract requires, and nothing else.
    pub fn new(city: PlaceCity) -> Self {
        Self { city }
    }
}

impl Decode for Place {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let city = object.required("city");
        Some(Self { city: city? })
    }
}

impl Encode for Place {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("city", &self.city);
        out.end_map();
    }
}
