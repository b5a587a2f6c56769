// @generated from the contracts in spec/; edits are overwritten.

//! `Sold`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::SoldVersion;

/// - **Source** `spec/shop/asyncapi.yaml#/components/messages/Sold/payload`
#[derive(Debug, Clone, PartialEq)]
pub struct Sold {
    pub version: SoldVersion,
    /// A string.
    pub what: String,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Sold {
    /// Creates a value from its required fields.
    pub fn new(what: String) -> Self {
        Self {
            version: SoldVersion::VALUE,
            what,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["version", "what"];

impl Decode for Sold {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let version = object.required("version");
        let what = object.required("what");
        let others = object.others(PROPERTIES);
        Some(Self {
            version: version?,
            what: what?,
            others: others?,
        })
    }
}

impl Encode for Sold {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("version", &self.version);
        out.field("what", &self.what);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
