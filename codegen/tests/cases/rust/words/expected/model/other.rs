// @generated from the contracts in spec/; edits are overwritten.

//! `Other`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::OtherKey2;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/other`
#[derive(Debug, Clone, PartialEq)]
pub struct Other {
    pub key: OtherKey2,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Other {
    /// Creates a value from its required fields.
    pub fn new(key: OtherKey2) -> Self {
        Self {
            key,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["key"];

impl Decode for Other {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let key = object.required("key");
        let others = object.others(PROPERTIES);
        Some(Self { key: key?, others: others? })
    }
}

impl Encode for Other {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("key", &self.key);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
