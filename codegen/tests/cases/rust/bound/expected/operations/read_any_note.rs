// @generated from the contracts in spec/; edits are overwritten.

//! `readAnyNote`: `GET /anyhow/{book}/{line}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1anyhow~1{book}~1{line}/get`

use runtime::{Failure, Operation, Parts, Problem, Reply};

use crate::model::Note;
use crate::tables::{NoteKey, Tables};

/// The input of `readAnyNote`.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadAnyNoteInput {
    /// The path parameter `book`.
    pub book: String,
    /// The path parameter `line`.
    pub line: i128,
}

impl ReadAnyNoteInput {
    /// Creates a value from its required fields.
    pub fn new(book: String, line: i128) -> Self {
        Self { book, line }
    }
}

/// The note.
pub type ReadAnyNoteOutput = Note;

/// The error responses of `readAnyNote`.
#[derive(Debug)]
pub enum ReadAnyNoteError {
    /// `default`: What is wrong.
    Default(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ReadAnyNoteError, Default = open_problem);

impl Operation for ReadAnyNoteInput {
    type Output = ReadAnyNoteOutput;
    type Error = ReadAnyNoteError;

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
    input: ReadAnyNoteInput,
) -> Result<ReadAnyNoteOutput, ReadAnyNoteError> {
    let key = NoteKey {
        book: input.book,
        line: input.line,
    };
    match tables.note.get(&key).await {
        Ok(Some(item)) => Ok(item),
        Ok(None) => {
            Err(ReadAnyNoteError::Default(Problem::new(404, "the item does not exist")))
        }
        Err(error) if error.is_throttled() => {
            let problem = Problem::new(503, "the table throttled the request");
            Err(ReadAnyNoteError::Default(problem))
        }
        Err(error) => Err(error.into()),
    }
}
