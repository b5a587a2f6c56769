// @generated from the contracts in spec/; edits are overwritten.

//! `Asked`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Asked`
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// A string.
    pub y: Option<String>,
    /// An integer of at most 38 digits.
    pub x: i128,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Asked {
    /// Creates a value from its required fields.
    pub fn new(x: i128) -> Self {
        Self {
            y: Default::default(),
            x,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["y", "x"];

impl Decode for Asked {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let y = object.optional("y");
        let x = object.required("x");
        let others = object.others(PROPERTIES);
        Some(Self {
            y: y?,
            x: x?,
            others: others?,
        })
    }
}

impl Encode for Asked {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("y", &self.y);
        out.field("x", &self.x);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
