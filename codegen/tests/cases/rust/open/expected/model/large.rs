// @generated from the contracts in spec/; edits are overwritten.

//! `Large`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Large`
#[derive(Debug, Clone, PartialEq)]
pub struct Large {
    /// A string.
    pub size: String,
    /// An integer of at most 38 digits.
    pub tons: Option<i128>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Large {
    /// Creates a value from its required fields.
    pub fn new(size: String) -> Self {
        Self {
            size,
            tons: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["size", "tons"];

impl Decode for Large {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let size = object.required("size");
        let tons = object.optional("tons");
        let others = object.others(PROPERTIES);
        Some(Self {
            size: size?,
            tons: tons?,
            others: others?,
        })
    }
}

impl Encode for Large {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("size", &self.size);
        out.optional("tons", &self.tons);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
