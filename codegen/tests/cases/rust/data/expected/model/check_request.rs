// @generated from the contracts in spec/; edits are overwritten.

//! `CheckRequest`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Read-only** `open`: set by the service, and ignored in requests
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Check`
#[derive(Debug, Clone, PartialEq)]
pub struct CheckRequest {
    /// A string.
    pub by: String,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl CheckRequest {
    /// Creates a value from its required fields.
    pub fn new(by: String) -> Self {
        Self {
            by,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["by", "open"];

impl Decode for CheckRequest {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let by = object.required("by");
        let others = object.others(PROPERTIES);
        Some(Self { by: by?, others: others? })
    }
}

impl Encode for CheckRequest {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("by", &self.by);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
