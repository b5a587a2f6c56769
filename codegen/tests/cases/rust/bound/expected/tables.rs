// @generated from the contracts in spec/; edits are overwritten.

//! The tables of the shop service.

use runtime::{Attributes, Aws, Field, Item, ItemKey, KeyNames, Table, Timestamp, Uuid};

use crate::model::{
    Inner, InnerOther, Note, Part, PartId, PartMixed, PartOne, Size, Ticket,
    TicketStatus, TicketVersion,
};

/// The tables of the service. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Tables {
    /// A note in a book.
    ///
    /// - **Variable** `NOTE_TABLE`
    /// - **Source** `spec/shop/openapi.yaml#/components/schemas/Note/x-dynamodb-table`
    pub note: Table<Note>,
    /// What only the service sets, it fills in.
    ///
    /// - **Variable** `TICKET_TABLE`
    /// - **Source** `spec/shop/openapi.yaml#/components/schemas/Ticket/x-dynamodb-table`
    pub ticket: Table<Ticket>,
    /// A part of parts.
    ///
    /// - **Variable** `PART_TABLE`
    /// - **Source** `spec/shop/openapi.yaml#/components/schemas/Part/x-dynamodb-table`
    pub part: Table<Part>,
}

impl Tables {
    /// Creates the tables with the names in the function's environment variables.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self {
            note: Table::new(aws),
            ticket: Table::new(aws),
            part: Table::new(aws),
        }
    }
}

/// The primary key of [`Note`].
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Note/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct NoteKey {
    pub book: String,
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

/// The primary key of [`Ticket`].
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Ticket/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct TicketKey {
    pub id: Uuid,
}

impl ItemKey for TicketKey {
    fn to_key(&self) -> Attributes {
        runtime::partition_key("id", &self.id)
    }
}

impl Item for Ticket {
    type Key = TicketKey;
    const TABLE: &'static str = "TICKET_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "id",
        sort: None,
    };

    fn key(&self) -> TicketKey {
        TicketKey { id: self.id }
    }
}

/// The primary key of [`Part`].
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Part/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct PartKey {
    pub id: PartId,
}

impl ItemKey for PartKey {
    fn to_key(&self) -> Attributes {
        runtime::partition_key("id", &self.id)
    }
}

impl Item for Part {
    type Key = PartKey;
    const TABLE: &'static str = "PART_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "id",
        sort: None,
    };

    fn key(&self) -> PartKey {
        PartKey { id: self.id.clone() }
    }
}

/// The attributes of [`Note`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct NoteFields;

impl NoteFields {
    pub const BOOK: Field<Note, String> = Field::new(&["book"]);

    pub const LINE: Field<Note, i128> = Field::new(&["line"]);

    pub const TEXT: Field<Note, String> = Field::new(&["text"]);

    pub const SEALED: Field<Note, bool> = Field::new(&["sealed"]);
}

/// The attributes of [`Ticket`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct TicketFields;

impl TicketFields {
    pub const ID: Field<Ticket, Uuid> = Field::new(&["id"]);

    pub const STATUS: Field<Ticket, TicketStatus> = Field::new(&["status"]);

    pub const CREATED_AT: Field<Ticket, Timestamp> = Field::new(&["createdAt"]);

    pub const VERSION: Field<Ticket, TicketVersion> = Field::new(&["version"]);
}

/// The attributes of [`Part`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct PartFields;

impl PartFields {
    pub const ID: Field<Part, PartId> = Field::new(&["id"]);

    pub const INNER: Field<Part, Inner> = Field::new(&["inner"]);

    pub const ONE: Field<Part, PartOne> = Field::new(&["one"]);

    pub const SECRET: Field<Part, Size> = Field::new(&["secret"]);

    pub const MIXED: Field<Part, PartMixed> = Field::new(&["mixed"]);

    pub const LISTS: Field<Part, Vec<Vec<String>>> = Field::new(&["lists"]);
}

/// The attributes of [`Inner`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct InnerFields;

impl InnerFields {
    pub const MADE: Field<Inner, String> = Field::new(&["made"]);

    pub const ALONE: Field<Inner, Box<Inner>> = Field::new(&["alone"]);

    pub const SEVERAL: Field<Inner, Vec<Inner>> = Field::new(&["several"]);

    pub const OTHER: Field<Inner, Box<InnerOther>> = Field::new(&["other"]);
}

/// The attributes of [`Size`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct SizeFields;

impl SizeFields {
    pub const LENGTH: Field<Size, f64> = Field::new(&["length"]);

    pub const AREA: Field<Size, f64> = Field::new(&["area"]);
}
