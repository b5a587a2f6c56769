// @generated from the contracts in spec/; edits are overwritten.

//! `VersionsV51`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v51`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VersionsV51 {
    /// A string.
    pub a: Option<String>,
    /// An integer of at most 38 digits.
    pub b: Option<i128>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["a", "b"];

impl Decode for VersionsV51 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let a = object.optional("a");
        let b = object.optional("b");
        let others = object.others(PROPERTIES);
        Some(Self {
            a: a?,
            b: b?,
            others: others?,
        })
    }
}

impl Encode for VersionsV51 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("a", &self.a);
        out.optional("b", &self.b);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
