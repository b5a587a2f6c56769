// @generated from the contracts in spec/; edits are overwritten.

//! `SearchTool`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::SearchToolType;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/SearchTool`
#[derive(Debug, Clone, PartialEq)]
pub struct SearchTool {
    pub r#type: SearchToolType,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl SearchTool {
    /// Creates a value from its required fields.
    pub fn new(r#type: SearchToolType) -> Self {
        Self {
            r#type,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["type"];

impl Decode for SearchTool {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let r#type = object.required("type");
        let others = object.others(PROPERTIES);
        Some(Self {
            r#type: r#type?,
            others: others?,
        })
    }
}

impl Encode for SearchTool {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("type", &self.r#type);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
