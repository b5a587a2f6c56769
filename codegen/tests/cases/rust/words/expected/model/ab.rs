// @generated from the contracts in spec/; edits are overwritten.

//! `Ab`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{AbFields2, AbKey2};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/aB`
#[derive(Debug, Clone, PartialEq)]
pub struct Ab {
    pub key: AbKey2,
    pub fields: Option<AbFields2>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Ab {
    /// Creates a value from its required fields.
    pub fn new(key: AbKey2) -> Self {
        Self {
            key,
            fields: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["key", "fields"];

impl Decode for Ab {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let key = object.required("key");
        let fields = object.optional("fields");
        let others = object.others(PROPERTIES);
        Some(Self {
            key: key?,
            fields: fields?,
            others: others?,
        })
    }
}

impl Encode for Ab {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("key", &self.key);
        out.optional("fields", &self.fields);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
