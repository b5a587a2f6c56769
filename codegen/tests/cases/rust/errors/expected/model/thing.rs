// @generated from the contracts in spec/; edits are overwritten.

//! `Thing`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::ThingName;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing`
#[derive(Debug, Clone, PartialEq)]
pub struct Thing {
    pub name: ThingName,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Thing {
    /// Creates a value from its required fields.
    pub fn new(name: ThingName) -> Self {
        Self {
            name,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["name"];

impl Decode for Thing {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let name = object.required("name");
        let others = object.others(PROPERTIES);
        Some(Self {
            name: name?,
            others: others?,
        })
    }
}

impl Encode for Thing {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("name", &self.name);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
