// @generated from the contracts in spec/; edits are overwritten.

//! `Animal`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::SCHEMAS;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Animal`
#[derive(Clone, PartialEq)]
pub struct Animal {
    /// A string.
    pub kind: String,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

runtime::redacted_type!(Animal);

impl Animal {
    /// Creates a value from its required fields.
    pub fn new(kind: String) -> Self {
        Self {
            kind,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["kind"];

impl Decode for Animal {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let at = &at.secret();
        SCHEMAS.check("Animal", at, out)?;
        let mut object = at.object(out)?;
        let kind = object.required("kind");
        let others = object.others(PROPERTIES);
        Some(Self {
            kind: kind?,
            others: others?,
        })
    }
}

impl Encode for Animal {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("kind", &self.kind);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
