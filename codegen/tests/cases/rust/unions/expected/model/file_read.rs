// @generated from the contracts in spec/; edits are overwritten.

//! `FileRead`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::FileReadType;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/FileRead`
#[derive(Debug, Clone, PartialEq)]
pub struct FileRead {
    pub r#type: FileReadType,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Default for FileRead {
    fn default() -> Self {
        Self {
            r#type: FileReadType::Read,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["type"];

impl Decode for FileRead {
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

impl Encode for FileRead {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("type", &self.r#type);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
