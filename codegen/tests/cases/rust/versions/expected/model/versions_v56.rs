// @generated from the contracts in spec/; edits are overwritten.

//! `VersionsV56`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v56`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VersionsV56 {
    /// A string.
    pub a: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, i128>,
}

const PROPERTIES: &[&str] = &["a"];

impl Decode for VersionsV56 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let a = object.optional("a");
        let others = object.others(PROPERTIES);
        Some(Self { a: a?, others: others? })
    }
}

impl Encode for VersionsV56 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("a", &self.a);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
