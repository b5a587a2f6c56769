// @generated from the contracts in spec/; edits are overwritten.

//! `Cat`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// Shown, though the base has what other animals add.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Cat`
#[derive(Debug, Clone, PartialEq)]
pub struct Cat {
    /// A string.
    pub kind: String,
    /// `true` or `false`.
    pub purrs: Option<bool>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Cat {
    /// Creates a value from its required fields.
    pub fn new(kind: String) -> Self {
        Self {
            kind,
            purrs: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["kind", "purrs"];

impl Decode for Cat {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let kind = object.required("kind");
        let purrs = object.optional("purrs");
        let others = object.others(PROPERTIES);
        Some(Self {
            kind: kind?,
            purrs: purrs?,
            others: others?,
        })
    }
}

impl Encode for Cat {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("kind", &self.kind);
        out.optional("purrs", &self.purrs);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
