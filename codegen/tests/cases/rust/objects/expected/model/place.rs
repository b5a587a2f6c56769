// @generated from the contracts in spec/; edits are overwritten.

//! `Place`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::PlaceCity;

/// The schema `Place`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Place`
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The property `city`.
    pub city: PlaceCity,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Place {
    /// Creates a value from its required fields.
    pub fn new(city: PlaceCity) -> Self {
        Self {
            city,
            others: Default::default(),
        }
    }
}

impl Decode for Place {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        const PROPERTIES: &[&str] = &["city"];
        let mut object = at.object(out)?;
        let city = object.required("city");
        let others = object.others(PROPERTIES);
        Some(Self {
            city: city?,
            others: others?,
        })
    }
}

impl Encode for Place {
    fn encode(&self, out: &mut dyn Sink) {
        const PROPERTIES: &[&str] = &["city"];
        out.begin_map();
        out.field("city", &self.city);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
