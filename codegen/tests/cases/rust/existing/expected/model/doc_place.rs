// @generated from the contracts in spec/; edits are overwritten.

//! `DocPlace`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Doc/properties/place`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DocPlace {
    /// A string.
    pub room: Option<String>,
    /// An integer of at most 38 digits.
    pub level: Option<i128>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["room", "level"];

impl Decode for DocPlace {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let room = object.optional("room");
        let level = object.optional("level");
        let others = object.others(PROPERTIES);
        Some(Self {
            room: room?,
            level: level?,
            others: others?,
        })
    }
}

impl Encode for DocPlace {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("room", &self.room);
        out.optional("level", &self.level);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
