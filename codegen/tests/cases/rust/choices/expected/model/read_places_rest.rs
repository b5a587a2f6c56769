// @generated from the contracts in spec/; edits are overwritten.

//! `ReadPlacesRest`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/paths/~1places/get/parameters/6/schema`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReadPlacesRest {
    /// A string.
    pub k: Option<String>,
    /// An integer of at most 38 digits.
    pub n: Option<i128>,
    /// Additional properties.
    pub others: BTreeMap<String, i128>,
}

const PROPERTIES: &[&str] = &["k", "n"];

impl Decode for ReadPlacesRest {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let k = object.optional("k");
        let n = object.optional("n");
        let others = object.others(PROPERTIES);
        Some(Self {
            k: k?,
            n: n?,
            others: others?,
        })
    }
}

impl Encode for ReadPlacesRest {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("k", &self.k);
        out.optional("n", &self.n);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
