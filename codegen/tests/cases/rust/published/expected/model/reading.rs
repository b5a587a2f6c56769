// @generated from the contracts in spec/; edits are overwritten.

//! `Reading`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// `Reading`
///
/// - **Source** `spec/shop/asyncapi.yaml#/channels/readings/messages/reading`
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// `data`
    ///
    /// - **Shape** a number of double precision
    pub data: f64,
    /// Properties that the contract does not name.
    pub others: BTreeMap<String, Json>,
}

impl Reading {
    /// With what the contract requires, and nothing else.
    pub fn new(data: f64) -> Self {
        Self {
            data,
            others: Default::default(),
        }
    }
}

impl Decode for Reading {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        const PROPERTIES: &[&str] = &["data"];
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
        const PROPERTIES: &[&str] = &["data"];
        out.begin_map();
        out.field("data", &self.data);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
