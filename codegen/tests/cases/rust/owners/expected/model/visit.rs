// @generated from the contracts in spec/; edits are overwritten.

//! `Visit`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Date, Decode, Encode, Json, Sink, Violations};

use super::VisitPlace;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Visit`
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    pub place: VisitPlace,
    /// A date (RFC 3339).
    pub day: Date,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Visit {
    /// Creates a value from its required fields.
    pub fn new(place: VisitPlace, day: Date) -> Self {
        Self {
            place,
            day,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["place", "day"];

impl Decode for Visit {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let place = object.required("place");
        let day = object.required("day");
        let others = object.others(PROPERTIES);
        Some(Self {
            place: place?,
            day: day?,
            others: others?,
        })
    }
}

impl Encode for Visit {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("place", &self.place);
        out.field("day", &self.day);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
