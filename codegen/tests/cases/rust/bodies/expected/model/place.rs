// @generated from the contracts in spec/; edits are overwritten.

//! `Place`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

/// `Place`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Place`
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// `city`
    ///
    /// - **Shape** a string
    pub city: String,
    /// `floor`
    ///
    /// - **Shape** an integer of 32 bits
    pub floor: Option<i32>,
}

impl Place {
    /// With what the contract requires, and nothing else.
    pub fn new(city: String) -> Self {
        Self {
            city,
            floor: Default::default(),
        }
    }
}

impl Decode for Place {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let city = object.required("city");
        let floor = object.optional("floor");
        Some(Self { city: city?, floor: floor? })
    }
}

impl Encode for Place {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("city", &self.city);
        out.optional("floor", &self.floor);
        out.end_map();
    }
}
