// @generated from the contracts in spec/; edits are overwritten.

//! `AbFields2`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::AbFieldsKey;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/aB/properties/fields`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AbFields2 {
    pub key: Option<AbFieldsKey>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["key"];

impl Decode for AbFields2 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let key = object.optional("key");
        let others = object.others(PROPERTIES);
        Some(Self { key: key?, others: others? })
    }
}

impl Encode for AbFields2 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("key", &self.key);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
