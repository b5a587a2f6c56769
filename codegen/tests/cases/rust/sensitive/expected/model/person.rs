// @generated from the contracts in spec/; edits are overwritten.

//! `Person`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::PersonName;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Person`
#[derive(Clone, PartialEq)]
pub struct Person {
    pub name: PersonName,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

runtime::redacted_type!(Person);

impl Person {
    /// Creates a value from its required fields.
    pub fn new(name: PersonName) -> Self {
        Self {
            name,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["name"];

impl Decode for Person {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let at = &at.secret();
        let mut object = at.object(out)?;
        let name = object.required("name");
        let others = object.others(PROPERTIES);
        Some(Self {
            name: name?,
            others: others?,
        })
    }
}

impl Encode for Person {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("name", &self.name);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
