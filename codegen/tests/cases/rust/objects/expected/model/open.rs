// @generated from the contracts in spec/; edits are overwritten.

//! `Open`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Sink, Violations};

use super::OpenValue;

/// Keeps properties that the contract does not name.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Open`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Open {
    /// A string.
    pub others: Option<String>,
    /// Additional properties.
    pub others_: BTreeMap<String, OpenValue>,
}

const PROPERTIES: &[&str] = &["others"];

impl Decode for Open {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let others = object.optional("others");
        let others_ = object.others(PROPERTIES);
        Some(Self {
            others: others?,
            others_: others_?,
        })
    }
}

impl Encode for Open {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("others", &self.others);
        out.others(&self.others_, PROPERTIES);
        out.end_map();
    }
}
