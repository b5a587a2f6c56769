// @generated from the contracts in spec/; edits are overwritten.

//! `Note`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// A note in a book.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Note`
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// A string.
    pub book: String,
    /// An integer of at most 38 digits.
    pub line: i128,
    /// A string.
    pub text: Option<String>,
    /// `true` or `false`.
    pub sealed: Option<bool>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Note {
    /// Creates a value from its required fields.
    pub fn new(book: String, line: i128) -> Self {
        Self {
            book,
            line,
            text: Default::default(),
            sealed: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["book", "line", "text", "sealed"];

impl Decode for Note {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let book = object.required("book");
        let line = object.required("line");
        let text = object.optional("text");
        let sealed = object.optional("sealed");
        let others = object.others(PROPERTIES);
        Some(Self {
            book: book?,
            line: line?,
            text: text?,
            sealed: sealed?,
            others: others?,
        })
    }
}

impl Encode for Note {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("book", &self.book);
        out.field("line", &self.line);
        out.optional("text", &self.text);
        out.optional("sealed", &self.sealed);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
