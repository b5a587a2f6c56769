// @generated from the contracts in spec/; edits are overwritten.

//! `Thing`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Uuid, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing`
#[derive(Debug, Clone, PartialEq)]
pub struct Thing {
    /// An integer of at most 38 digits.
    pub extra: Option<i128>,
    /// A UUID (RFC 9562).
    pub id: Uuid,
    /// A string.
    pub note: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Thing {
    /// Creates a value from its required fields.
    pub fn new(id: Uuid) -> Self {
        Self {
            extra: Default::default(),
            id,
            note: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["extra", "id", "note"];

impl Decode for Thing {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let extra = object.optional("extra");
        let id = object.required("id");
        let note = object.optional("note");
        let others = object.others(PROPERTIES);
        Some(Self {
            extra: extra?,
            id: id?,
            note: note?,
            others: others?,
        })
    }
}

impl Encode for Thing {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("extra", &self.extra);
        out.field("id", &self.id);
        out.optional("note", &self.note);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
