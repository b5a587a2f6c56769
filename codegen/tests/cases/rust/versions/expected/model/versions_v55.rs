// @generated from the contracts in spec/; edits are overwritten.

//! `VersionsV55`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v55`
#[derive(Debug, Clone, PartialEq)]
pub struct VersionsV55 {
    /// A string.
    pub a: String,
    /// An integer of at most 38 digits.
    pub b: i128,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl VersionsV55 {
    /// Creates a value from its required fields.
    pub fn new(a: String, b: i128) -> Self {
        Self {
            a,
            b,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["a", "b"];

impl Decode for VersionsV55 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let a = object.required("a");
        let b = object.required("b");
        let others = object.others(PROPERTIES);
        Some(Self {
            a: a?,
            b: b?,
            others: others?,
        })
    }
}

impl Encode for VersionsV55 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("a", &self.a);
        out.field("b", &self.b);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
