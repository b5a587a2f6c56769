// @generated from the contracts in spec/; edits are overwritten.

//! `Async`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/asyncapi.yaml#/components/messages/async/payload`
#[derive(Debug, Clone, PartialEq)]
pub struct Async {
    /// A string.
    pub r#type: String,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Async {
    /// Creates a value from its required fields.
    pub fn new(r#type: String) -> Self {
        Self {
            r#type,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["type"];

impl Decode for Async {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let r#type = object.required("type");
        let others = object.others(PROPERTIES);
        Some(Self {
            r#type: r#type?,
            others: others?,
        })
    }
}

impl Encode for Async {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("type", &self.r#type);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
