// @generated from the contracts in spec/; edits are overwritten.

//! `Small`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Small`
#[derive(Debug, Clone, PartialEq)]
pub struct Small {
    /// A string.
    pub size: String,
    /// An integer of at most 38 digits.
    pub grams: Option<i128>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Small {
    /// Creates a value from its required fields.
    pub fn new(size: String) -> Self {
        Self {
            size,
            grams: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["size", "grams"];

impl Decode for Small {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let size = object.required("size");
        let grams = object.optional("grams");
        let others = object.others(PROPERTIES);
        Some(Self {
            size: size?,
            grams: grams?,
            others: others?,
        })
    }
}

impl Encode for Small {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("size", &self.size);
        out.optional("grams", &self.grams);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
