// @generated from the contracts in spec/; edits are overwritten.

//! `VersionsV53`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Maybe, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v53`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VersionsV53 {
    /// A string, or `null`.
    pub a: Maybe<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["a"];

impl Decode for VersionsV53 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let a = object.maybe("a");
        let others = object.others(PROPERTIES);
        Some(Self { a: a?, others: others? })
    }
}

impl Encode for VersionsV53 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.maybe("a", &self.a);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
