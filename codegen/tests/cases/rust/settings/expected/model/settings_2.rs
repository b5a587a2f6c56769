// @generated from the contracts in spec/; edits are overwritten.

//! `Settings2`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Settings`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings2 {
    /// A string.
    pub color: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["color"];

impl Decode for Settings2 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let color = object.optional("color");
        let others = object.others(PROPERTIES);
        Some(Self {
            color: color?,
            others: others?,
        })
    }
}

impl Encode for Settings2 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("color", &self.color);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
