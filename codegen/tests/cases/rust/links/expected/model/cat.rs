// @generated from the contracts in spec/; edits are overwritten.

//! `Cat`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Cat`
#[derive(Debug, Clone, PartialEq)]
pub struct Cat {
    /// An integer of at most 38 digits.
    pub lives: i128,
    /// A string.
    pub kind: String,
    /// A string.
    pub name: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Cat {
    /// Creates a value from its required fields.
    pub fn new(lives: i128, kind: String) -> Self {
        Self {
            lives,
            kind,
            name: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["lives", "kind", "name"];

impl Decode for Cat {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let lives = object.required("lives");
        let kind = object.required("kind");
        let name = object.optional("name");
        let others = object.others(PROPERTIES);
        Some(Self {
            lives: lives?,
            kind: kind?,
            name: name?,
            others: others?,
        })
    }
}

impl Encode for Cat {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("lives", &self.lives);
        out.field("kind", &self.kind);
        out.optional("name", &self.name);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
