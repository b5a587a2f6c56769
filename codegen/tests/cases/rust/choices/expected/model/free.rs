// @generated from the contracts in spec/; edits are overwritten.

//! `Free`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::FreeKind;

/// With any kind but one.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Free`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Free {
    pub kind: Option<FreeKind>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["kind"];

impl Decode for Free {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let kind = object.optional("kind");
        let others = object.others(PROPERTIES);
        Some(Self {
            kind: kind?,
            others: others?,
        })
    }
}

impl Encode for Free {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("kind", &self.kind);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
