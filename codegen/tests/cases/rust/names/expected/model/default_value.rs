// @generated from the contracts in spec/; edits are overwritten.

//! `DefaultValue`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Encode, Json, Sink, Violations};

/// The schema `Default`.
///
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

impl runtime::Decode for DefaultValue {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        const PROPERTIES: &[&str] = &["size"];
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
        const PROPERTIES: &[&str] = &["size"];
        out.begin_map();
        out.field("size", &self.size);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
