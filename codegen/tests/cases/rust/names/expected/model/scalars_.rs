// @generated from the contracts in spec/; edits are overwritten.

//! `Scalars`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Scalars`
#[derive(Debug, Clone, PartialEq)]
pub struct Scalars {
    /// A string, or `null`.
    pub value: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Scalars {
    /// Creates a value from its required fields.
    pub fn new(value: Option<String>) -> Self {
        Self {
            value,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["value"];

impl runtime::Decode for Scalars {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let value = object.required("value");
        let others = object.others(PROPERTIES);
        Some(Self {
            value: value?,
            others: others?,
        })
    }
}

impl Encode for Scalars {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("value", &self.value);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
