// @generated from the contracts in spec/; edits are overwritten.

//! `Thing`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::ThingName;

/// The schema `Thing`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing`
#[derive(Debug, Clone, PartialEq)]
pub struct Thing {
    /// The property `name`.
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

impl Decode for Thing {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        const PROPERTIES: &[&str] = &["name"];
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
        const PROPERTIES: &[&str] = &["name"];
        out.begin_map();
        out.field("name", &self.name);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
