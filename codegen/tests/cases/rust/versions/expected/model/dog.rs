// @generated from the contracts in spec/; edits are overwritten.

//! `Dog`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::DogKind;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Dog`
#[derive(Debug, Clone, PartialEq)]
pub struct Dog {
    pub kind: DogKind,
    /// An integer of at most 38 digits.
    pub b: Option<i128>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Default for Dog {
    fn default() -> Self {
        Self {
            kind: DogKind::Dog,
            b: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["kind", "b"];

impl Decode for Dog {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let kind = object.required("kind");
        let b = object.optional("b");
        let others = object.others(PROPERTIES);
        Some(Self {
            kind: kind?,
            b: b?,
            others: others?,
        })
    }
}

impl Encode for Dog {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("kind", &self.kind);
        out.optional("b", &self.b);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
