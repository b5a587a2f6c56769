// @generated from the contracts in spec/; edits are overwritten.

//! `Vehicle`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::SCHEMAS;

/// - **Source** `spec/shop/split/vehicle.yaml#`
#[derive(Debug, Clone, PartialEq)]
pub struct Vehicle {
    /// A string.
    pub kind: String,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Vehicle {
    /// Creates a value from its required fields.
    pub fn new(kind: String) -> Self {
        Self {
            kind,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["kind"];

impl Decode for Vehicle {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("Vehicle", at, out)?;
        let mut object = at.object(out)?;
        let kind = object.required("kind");
        let others = object.others(PROPERTIES);
        Some(Self {
            kind: kind?,
            others: others?,
        })
    }
}

impl Encode for Vehicle {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("kind", &self.kind);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
