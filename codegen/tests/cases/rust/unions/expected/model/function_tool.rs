// @generated from the contracts in spec/; edits are overwritten.

//! `FunctionTool`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::FunctionKind;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/FunctionTool`
#[derive(Debug, Clone, PartialEq)]
pub struct FunctionTool {
    pub r#type: FunctionKind,
    /// A string.
    pub name: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Default for FunctionTool {
    fn default() -> Self {
        Self {
            r#type: FunctionKind::Function,
            name: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["type", "name"];

impl Decode for FunctionTool {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let r#type = object.required("type");
        let name = object.optional("name");
        let others = object.others(PROPERTIES);
        Some(Self {
            r#type: r#type?,
            name: name?,
            others: others?,
        })
    }
}

impl Encode for FunctionTool {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("type", &self.r#type);
        out.optional("name", &self.name);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
