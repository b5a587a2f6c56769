// @generated from the contracts in spec/; edits are overwritten.

//! `NoteRequest`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// A note in a book.
///
/// - **Read-only** `sealed`: set by the service, and ignored in requests
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Note`
#[derive(Debug, Clone, PartialEq)]
pub struct NoteRequest {
    /// A string.
    pub book: String,
    /// An integer of at most 38 digits.
    pub line: i128,
    /// A string.
    pub text: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl NoteRequest {
    /// Creates a value from its required fields.
    pub fn new(book: String, line: i128) -> Self {
        Self {
            book,
            line,
            text: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["book", "line", "text", "sealed"];

impl Decode for NoteRequest {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let book = object.required("book");
        let line = object.required("line");
        let text = object.optional("text");
        let others = object.others(PROPERTIES);
        Some(Self {
            book: book?,
            line: line?,
            text: text?,
            others: others?,
        })
    }
}

impl Encode for NoteRequest {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("book", &self.book);
        out.field("line", &self.line);
        out.optional("text", &self.text);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
