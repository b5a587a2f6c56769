// @generated from the contracts in spec/; edits are overwritten.

//! `readNote`: `GET /note/{book}/{line}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1note~1{book}~1{line}/get`

use runtime::{Failure, Operation, Parts, Problem, Reply};

use crate::model::Note;
use crate::tables::{NoteKey, Tables};

/// The input of `readNote`.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadNoteInput {
    /// The path parameter `book`.
    pub book: String,
    /// The path parameter `line`.
    pub line: i128,
}

impl ReadNoteInput {
    /// Creates a value from its required fields.
    pub fn new(book: String, line: i128) -> Self {
        Self { book, line }
    }
}

/// The note.
pub type ReadNoteOutput = Note;

/// The error responses of `readNote`.
#[derive(Debug)]
pub enum ReadNoteError {
    /// `400`: What is wrong.
    BadRequest(Problem),
    /// `404`: What is wrong.
    NotFound(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ReadNoteError, BadRequest = problem(400), NotFound = problem(404));

impl Operation for ReadNoteInput {
    type Output = ReadNoteOutput;
    type Error = ReadNoteError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let book = parts.path("book").required();
        let line = parts.path("line").required();
        Some(Self { book: book?, line: line? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: ReadNoteInput,
) -> Result<ReadNoteOutput, ReadNoteError> {
    let key = NoteKey {
        book: input.book,
        line: input.line,
    };
    match tables.note.get_consistent(&key).await {
        Ok(Some(item)) => Ok(item),
        Ok(None) => Err(ReadNoteError::NotFound(Problem::new(404, "What is wrong."))),
        Err(error) => Err(error.into()),
    }
}
