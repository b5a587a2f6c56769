// @generated from the contracts in spec/; edits are overwritten.

//! `FindThingsWhereItem`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/paths/~1things/get/parameters/0/schema/items`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FindThingsWhereItem {
    /// A string.
    pub of: Option<String>,
    /// A string.
    pub is: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["of", "is"];

impl Decode for FindThingsWhereItem {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let of = object.optional("of");
        let is = object.optional("is");
        let others = object.others(PROPERTIES);
        Some(Self {
            of: of?,
            is: is?,
            others: others?,
        })
    }
}

impl Encode for FindThingsWhereItem {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("of", &self.of);
        out.optional("is", &self.is);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
