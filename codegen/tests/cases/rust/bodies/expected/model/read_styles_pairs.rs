// @generated from the contracts in spec/; edits are overwritten.

//! `ReadStylesPairs`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1styles~1{label}~1{matrix}~1{list}/get/parameters/8/schema`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReadStylesPairs {
    /// An integer of at most 38 digits.
    pub a: Option<i128>,
    /// A string.
    pub b: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["a", "b"];

impl Decode for ReadStylesPairs {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let a = object.optional("a");
        let b = object.optional("b");
        let others = object.others(PROPERTIES);
        Some(Self {
            a: a?,
            b: b?,
            others: others?,
        })
    }
}

impl Encode for ReadStylesPairs {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("a", &self.a);
        out.optional("b", &self.b);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
