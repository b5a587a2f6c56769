// @generated from the contracts in spec/; edits are overwritten.

//! `DefaultValue`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Default`
#[derive(Debug, Clone, PartialEq)]
pub struct DefaultValue {
    /// An integer of at most 38 digits.
    ///
    /// - **Default** `1`
    pub size: i128,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Default for DefaultValue {
    fn default() -> Self {
        Self {
            size: runtime::preset("1"),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["size"];

impl runtime::Decode for DefaultValue {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let size = object.or("size", "1");
        let others = object.others(PROPERTIES);
        Some(Self {
            size: size?,
            others: others?,
        })
    }
}

impl Encode for DefaultValue {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("size", &self.size);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
