// @generated from the contracts in spec/; edits are overwritten.

//! The tables of the shop service.

use runtime::{Attributes, Aws, Item, ItemKey, KeyNames, Table};

use crate::model::Note;

/// The tables that the service owns; cheap to clone.
#[derive(Debug, Clone)]
pub struct Tables {
    /// A note in a book.
    ///
    /// - **Variable** `NOTE_TABLE`
    /// - **Source** `spec/shop/openapi.yaml#/components/schemas/Note/x-dynamodb-table`
    pub note: Table<Note>,
}
impl Tables {
    /// The tables by the names that the function's environment gives.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self { note: Table::new(aws) }
    }
}

/// The primary key of [`Note`].
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Note/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct NoteKey {
    /// `book`
    pub book: String,
    /// `line`
    pub line: i128,
}

impl ItemKey for NoteKey {
    fn to_key(&self) -> Attributes {
        runtime::sorted_key(("book", &self.book), ("line", &self.line))
    }
}

impl Item for Note {
    type Key = NoteKey;
    const TABLE: &'static str = "NOTE_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "book",
        sort: Some("line"),
    };

    fn key(&self) -> NoteKey {
        NoteKey {
            book: self.book.clone(),
            line: self.line,
        }
    }
}
