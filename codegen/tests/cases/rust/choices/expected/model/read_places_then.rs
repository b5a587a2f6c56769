// @generated from the contracts in spec/; edits are overwritten.

//! `ReadPlacesThen`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::SCHEMAS;

/// - **Source** `spec/shop/openapi.yaml#/paths/~1places/get/parameters/4/schema`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReadPlacesThen {
    /// A string.
    pub k: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["k"];

impl Decode for ReadPlacesThen {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("PlacesGetN4", at, out)?;
        let mut object = at.object(out)?;
        let k = object.optional("k");
        let others = object.others(PROPERTIES);
        Some(Self { k: k?, others: others? })
    }
}

impl Encode for ReadPlacesThen {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("k", &self.k);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
