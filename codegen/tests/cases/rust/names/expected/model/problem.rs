// @generated from the contracts in spec/; edits are overwritten.

//! `Problem`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Problem`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Problem {
    /// A string.
    pub sink: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["sink"];

impl runtime::Decode for Problem {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let sink = object.optional("sink");
        let others = object.others(PROPERTIES);
        Some(Self {
            sink: sink?,
            others: others?,
        })
    }
}

impl Encode for Problem {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("sink", &self.sink);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
