// @generated from the contracts in spec/; edits are overwritten.

//! `Placed`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/asyncapi.yaml#/components/messages/Placed/payload`
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// A string.
    pub id: String,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Placed {
    /// Creates a value from its required fields.
    pub fn new(id: String) -> Self {
        Self {
            id,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["id"];

impl Decode for Placed {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let id = object.required("id");
        let others = object.others(PROPERTIES);
        Some(Self { id: id?, others: others? })
    }
}

impl Encode for Placed {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("id", &self.id);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
