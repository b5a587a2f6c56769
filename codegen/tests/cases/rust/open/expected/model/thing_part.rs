// @generated from the contracts in spec/; edits are overwritten.

//! `ThingPart`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::Thing;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing/properties/part`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ThingPart {
    pub of: Option<Thing>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["of"];

impl Decode for ThingPart {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let of = object.optional("of");
        let others = object.others(PROPERTIES);
        Some(Self { of: of?, others: others? })
    }
}

impl Encode for ThingPart {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("of", &self.of);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
