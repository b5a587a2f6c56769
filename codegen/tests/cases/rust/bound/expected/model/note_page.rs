// @generated from the contracts in spec/; edits are overwritten.

//! `NotePage`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::Note;

/// `NotePage`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/NotePage`
#[derive(Debug, Clone, PartialEq)]
pub struct NotePage {
    /// `notes`
    ///
    /// - **Shape** an array, each `Note`
    pub notes: Vec<Note>,
    /// `next`
    ///
    /// - **Shape** a string
    pub next: Option<String>,
}

impl NotePage {
    /// With what the contract requires, and nothing else.
    pub fn new(notes: Vec<Note>) -> Self {
        Self {
            notes,
            next: Default::default(),
        }
    }
}

impl Decode for NotePage {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let notes = object.required("notes");
        let next = object.optional("next");
        Some(Self { notes: notes?, next: next? })
    }
}

impl Encode for NotePage {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("notes", &self.notes);
        out.optional("next", &self.next);
        out.end_map();
    }
}
