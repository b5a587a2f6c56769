// @generated from the contracts in spec/; edits are overwritten.

//! `Reading`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/asyncapi.yaml#/channels/readings/messages/reading`
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// A double-precision number.
    pub data: f64,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Reading {
    /// Creates a value from its required fields.
    pub fn new(data: f64) -> Self {
        Self {
            data,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["data"];

impl Decode for Reading {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let data = object.required("data");
        let others = object.others(PROPERTIES);
        Some(Self {
            data: data?,
            others: others?,
        })
    }
}

impl Encode for Reading {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("data", &self.data);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
