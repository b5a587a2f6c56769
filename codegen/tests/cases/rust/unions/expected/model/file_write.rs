// @generated from the contracts in spec/; edits are overwritten.

//! `FileWrite`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::FileWriteType;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/FileWrite`
#[derive(Debug, Clone, PartialEq)]
pub struct FileWrite {
    pub r#type: FileWriteType,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl FileWrite {
    /// Creates a value from its required fields.
    pub fn new(r#type: FileWriteType) -> Self {
        Self {
            r#type,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["type"];

impl Decode for FileWrite {
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

impl Encode for FileWrite {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("type", &self.r#type);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
