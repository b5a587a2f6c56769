// @generated from the contracts in spec/; edits are overwritten.

//! `Cat`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::CatKind;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Cat`
#[derive(Debug, Clone, PartialEq)]
pub struct Cat {
    pub kind: CatKind,
    /// A string.
    pub a: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Default for Cat {
    fn default() -> Self {
        Self {
            kind: CatKind::Cat,
            a: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["kind", "a"];

impl Decode for Cat {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let kind = object.required("kind");
        let a = object.optional("a");
        let others = object.others(PROPERTIES);
        Some(Self {
            kind: kind?,
            a: a?,
            others: others?,
        })
    }
}

impl Encode for Cat {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("kind", &self.kind);
        out.optional("a", &self.a);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
