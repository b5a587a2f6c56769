// @generated from the contracts in spec/; edits are overwritten.

//! `SendThingsInput2`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/SendThingsInput`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SendThingsInput2 {
    /// An integer of at most 38 digits.
    pub size: Option<i128>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["size"];

impl runtime::Decode for SendThingsInput2 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let size = object.optional("size");
        let others = object.others(PROPERTIES);
        Some(Self {
            size: size?,
            others: others?,
        })
    }
}

impl Encode for SendThingsInput2 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("size", &self.size);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
