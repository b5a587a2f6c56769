// @generated from the contracts in spec/; edits are overwritten.

//! `VersionsV47`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v47`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VersionsV47 {
    /// A string.
    pub a: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["a"];

impl Decode for VersionsV47 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let a = object.optional("a");
        let others = object.others(PROPERTIES);
        Some(Self { a: a?, others: others? })
    }
}

impl Encode for VersionsV47 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("a", &self.a);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
