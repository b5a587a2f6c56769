// @generated from the contracts in spec/; edits are overwritten.

//! `Place`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Place`
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// A string.
    pub city: String,
    /// A 32-bit integer.
    pub floor: Option<i32>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Place {
    /// Creates a value from its required fields.
    pub fn new(city: String) -> Self {
        Self {
            city,
            floor: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["city", "floor"];

impl Decode for Place {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let city = object.required("city");
        let floor = object.optional("floor");
        let others = object.others(PROPERTIES);
        Some(Self {
            city: city?,
            floor: floor?,
            others: others?,
        })
    }
}

impl Encode for Place {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("city", &self.city);
        out.optional("floor", &self.floor);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
