// @generated from the contracts in spec/; edits are overwritten.

//! `tearOutNote`: `DELETE /note/{book}/{line}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1note~1{book}~1{line}/delete`

use runtime::{Condition, Failure, Operation, Parts, Problem, Reply, Written};

use crate::tables::{NoteKey, Tables};

/// What `tearOutNote` takes.
#[derive(Debug, Clone, PartialEq)]
pub struct TearOutNoteInput {
    /// `book` in the path.
    pub book: String,
    /// `line` in the path.
    pub line: i128,
}

impl TearOutNoteInput {
    /// With what the contract requires, and nothing else.
    pub fn new(book: String, line: i128) -> Self {
        Self { book, line }
    }
}

/// It is gone.
pub type TearOutNoteOutput = ();

/// How `tearOutNote` fails.
#[derive(Debug)]
pub enum TearOutNoteError {
    /// `400`: What is wrong.
    BadRequest(Problem),
    /// `404`: What is wrong.
    NotFound(Problem),
    /// `409`: What is wrong.
    Conflict(Problem),
    /// Anything else, by `?`: the client gets an opaque `500`, the log the failure.
    Unexpected(Failure),
}

runtime::error_type!(
    TearOutNoteError,
    BadRequest = problem(400),
    NotFound = problem(404),
    Conflict = problem(409)
);

impl Operation for TearOutNoteInput {
    type Output = TearOutNoteOutput;
    type Error = TearOutNoteError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let book = parts.path("book").required();
        let line = parts.path("line").required();
        Some(Self { book: book?, line: line? })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}

/// What the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: TearOutNoteInput,
) -> Result<TearOutNoteOutput, TearOutNoteError> {
    let key = NoteKey {
        book: input.book,
        line: input.line,
    };
    let condition = Condition::item_exists()
        .and(
            Condition::written("attribute_not_exists(#sealed)", &[("#sealed", "sealed")]),
        );
    match tables.note.delete_if(&key, condition).await {
        Ok(Written::Done) => Ok(()),
        Ok(Written::Refused(Some(_))) => {
            Err(TearOutNoteError::Conflict(Problem::new(409, "What is wrong.")))
        }
        Ok(Written::Refused(_)) => {
            Err(TearOutNoteError::NotFound(Problem::new(404, "What is wrong.")))
        }
        Err(error) => Err(error.into()),
    }
}
