// @generated from the contracts in spec/; edits are overwritten.

//! `PatchDocBody`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1docs~1{id}/patch/requestBody/content/application~1merge-patch+json/schema`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PatchDocBody {
    /// A string.
    pub title: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["title"];

impl Decode for PatchDocBody {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let title = object.optional("title");
        let others = object.others(PROPERTIES);
        Some(Self {
            title: title?,
            others: others?,
        })
    }
}

impl Encode for PatchDocBody {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("title", &self.title);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
