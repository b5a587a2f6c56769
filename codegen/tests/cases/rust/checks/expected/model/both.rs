// @generated from the contracts in spec/; edits are overwritten.

//! `Both`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::SCHEMAS;

/// Each part judges for itself.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Both`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Both {
    /// An integer of at most 38 digits.
    pub a: Option<i128>,
    /// An integer of at most 38 digits.
    pub b: Option<i128>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["a", "b"];

impl Decode for Both {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("Both", at, out)?;
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

impl Encode for Both {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("a", &self.a);
        out.optional("b", &self.b);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
