// @generated from the contracts in spec/; edits are overwritten.

//! `tearOutNote`: `DELETE /note/{book}/{line}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1note~1{book}~1{line}/delete`

use runtime::{
    Condition, Failure, Operation, Parts, Preconditions, Problem, Reply, Written,
};

use crate::tables::{NoteKey, Tables};

/// The input of `tearOutNote`.
#[derive(Debug, Clone, PartialEq)]
pub struct TearOutNoteInput {
    /// The path parameter `book`.
    pub book: String,
    /// The path parameter `line`.
    pub line: i128,
}

impl TearOutNoteInput {
    /// Creates a value from its required fields.
    pub fn new(book: String, line: i128) -> Self {
        Self { book, line }
    }
}

/// It is gone.
pub type TearOutNoteOutput = ();

/// The error responses of `tearOutNote`.
#[derive(Debug)]
pub enum TearOutNoteError {
    /// `400`: What is wrong.
    BadRequest(Problem),
    /// `404`: What is wrong.
    NotFound(Problem),
    /// `409`: What is wrong.
    Conflict(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
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
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Change {
        versioned: false,
    });

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let book = parts.path("book").required();
        let line = parts.path("line").required();
        Some(Self { book: book?, line: line? })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}

/// Runs the table action that the contract binds the operation to.
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
