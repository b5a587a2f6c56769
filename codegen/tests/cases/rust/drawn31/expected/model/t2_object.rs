// @generated from the contracts in spec/; edits are overwritten.

//! `T2Object`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.json#/components/schemas/T2`
#[derive(Debug, Clone, PartialEq)]
pub struct T2Object {
    /// Any JSON.
    pub ab: Json,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl T2Object {
    /// Creates a value from its required fields.
    pub fn new(ab: Json) -> Self {
        Self {
            ab,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["ab"];

impl Decode for T2Object {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let ab = object.required("ab");
        let others = object.others(PROPERTIES);
        Some(Self { ab: ab?, others: others? })
    }
}

impl Encode for T2Object {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("ab", &self.ab);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
