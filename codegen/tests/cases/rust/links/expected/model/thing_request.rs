// @generated from the contracts in spec/; edits are overwritten.

//! `ThingRequest`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Read-only** `id`: set by the service, and ignored in requests
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ThingRequest {
    /// An integer of at most 38 digits.
    pub extra: Option<i128>,
    /// A string.
    pub note: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["extra", "note", "id"];

impl Decode for ThingRequest {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let extra = object.optional("extra");
        let note = object.optional("note");
        let others = object.others(PROPERTIES);
        Some(Self {
            extra: extra?,
            note: note?,
            others: others?,
        })
    }
}

impl Encode for ThingRequest {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("extra", &self.extra);
        out.optional("note", &self.note);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
