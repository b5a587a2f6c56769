// @generated from the contracts in spec/; edits are overwritten.

//! `SelfValue3`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/asyncapi.yaml#/components/messages/self/payload`
#[derive(Debug, Clone, PartialEq)]
pub struct SelfValue3 {
    /// A string.
    pub r#type: String,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl SelfValue3 {
    /// Creates a value from its required fields.
    pub fn new(r#type: String) -> Self {
        Self {
            r#type,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["type"];

impl Decode for SelfValue3 {
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

impl Encode for SelfValue3 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("type", &self.r#type);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
