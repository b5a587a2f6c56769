// @generated from the contracts in spec/; edits are overwritten.

//! `Mod`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Encode, Sink, Violations};

use super::OptionValue;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Mod`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mod {
    /// An array; each item is a string.
    pub vec: Option<Vec<String>>,
    /// Additional properties.
    pub others: BTreeMap<String, OptionValue>,
}

const PROPERTIES: &[&str] = &["vec"];

impl runtime::Decode for Mod {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let vec = object.optional("vec");
        let others = object.others(PROPERTIES);
        Some(Self { vec: vec?, others: others? })
    }
}

impl Encode for Mod {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("vec", &self.vec);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
