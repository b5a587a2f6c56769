// @generated from the contracts in spec/; edits are overwritten.

//! `NotePage`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::Note;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/NotePage`
#[derive(Debug, Clone, PartialEq)]
pub struct NotePage {
    /// An array; each item is `Note`.
    pub notes: Vec<Note>,
    /// A string.
    pub next: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl NotePage {
    /// Creates a value from its required fields.
    pub fn new(notes: Vec<Note>) -> Self {
        Self {
            notes,
            next: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["notes", "next"];

impl Decode for NotePage {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let notes = object.required("notes");
        let next = object.optional("next");
        let others = object.others(PROPERTIES);
        Some(Self {
            notes: notes?,
            next: next?,
            others: others?,
        })
    }
}

impl Encode for NotePage {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("notes", &self.notes);
        out.optional("next", &self.next);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
