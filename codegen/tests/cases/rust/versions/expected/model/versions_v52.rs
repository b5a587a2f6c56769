// @generated from the contracts in spec/; edits are overwritten.

//! `VersionsV52`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v52`
#[derive(Debug, Clone, PartialEq)]
pub struct VersionsV52 {
    /// A string.
    ///
    /// - **Default** `"x"`
    pub a: String,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Default for VersionsV52 {
    fn default() -> Self {
        Self {
            a: runtime::preset("\"x\""),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["a"];

impl Decode for VersionsV52 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let a = object.or("a", "\"x\"");
        let others = object.others(PROPERTIES);
        Some(Self { a: a?, others: others? })
    }
}

impl Encode for VersionsV52 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("a", &self.a);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
