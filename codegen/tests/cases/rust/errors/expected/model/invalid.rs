// @generated from the contracts in spec/; edits are overwritten.

//! `Invalid`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Invalid`
#[derive(Debug, Clone, PartialEq)]
pub struct Invalid {
    /// An array; each item is a string.
    pub detail: Vec<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Invalid {
    /// Creates a value from its required fields.
    pub fn new(detail: Vec<String>) -> Self {
        Self {
            detail,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["detail"];

impl Decode for Invalid {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let detail = object.required("detail");
        let others = object.others(PROPERTIES);
        Some(Self {
            detail: detail?,
            others: others?,
        })
    }
}

impl Encode for Invalid {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("detail", &self.detail);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
