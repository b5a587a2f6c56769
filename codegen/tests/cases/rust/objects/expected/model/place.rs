// @generated from the contracts in spec/; edits are overwritten.

//! `Place`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::PlaceCity;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Place`
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
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

const PROPERTIES: &[&str] = &["city"];

impl Decode for Place {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
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
        out.begin_map();
        out.field("city", &self.city);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
