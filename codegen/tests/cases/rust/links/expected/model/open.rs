// @generated from the contracts in spec/; edits are overwritten.

//! `Open`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Open`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Open {
    /// An integer of at most 38 digits.
    pub x: Option<i128>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["x"];

impl Decode for Open {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let x = object.optional("x");
        let others = object.others(PROPERTIES);
        Some(Self { x: x?, others: others? })
    }
}

impl Encode for Open {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("x", &self.x);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
