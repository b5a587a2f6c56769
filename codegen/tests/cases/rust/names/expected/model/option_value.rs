// @generated from the contracts in spec/; edits are overwritten.

//! `OptionValue`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Option`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OptionValue {
    /// A string.
    pub name: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["name"];

impl runtime::Decode for OptionValue {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let name = object.optional("name");
        let others = object.others(PROPERTIES);
        Some(Self {
            name: name?,
            others: others?,
        })
    }
}

impl Encode for OptionValue {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("name", &self.name);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
