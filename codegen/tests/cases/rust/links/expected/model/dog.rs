// @generated from the contracts in spec/; edits are overwritten.

//! `Dog`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Dog`
#[derive(Debug, Clone, PartialEq)]
pub struct Dog {
    /// `true` or `false`.
    pub barks: bool,
    /// A string.
    pub kind: String,
    /// A string.
    pub name: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Dog {
    /// Creates a value from its required fields.
    pub fn new(barks: bool, kind: String) -> Self {
        Self {
            barks,
            kind,
            name: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["barks", "kind", "name"];

impl Decode for Dog {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let barks = object.required("barks");
        let kind = object.required("kind");
        let name = object.optional("name");
        let others = object.others(PROPERTIES);
        Some(Self {
            barks: barks?,
            kind: kind?,
            name: name?,
            others: others?,
        })
    }
}

impl Encode for Dog {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("barks", &self.barks);
        out.field("kind", &self.kind);
        out.optional("name", &self.name);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
