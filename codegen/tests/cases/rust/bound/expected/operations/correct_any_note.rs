// @generated from the contracts in spec/; edits are overwritten.

//! `correctAnyNote`: `PUT /anyhow/{book}/{line}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1anyhow~1{book}~1{line}/put`

use runtime::{
    Condition, Failure, Operation, Parts, Preconditions, Problem, Reply, TableError,
    Update, Updated,
};

use crate::model::{Note, NoteRequest};
use crate::tables::{NoteKey, Tables};

/// The input of `correctAnyNote`.
#[derive(Debug, Clone, PartialEq)]
pub struct CorrectAnyNoteInput {
    /// The path parameter `book`.
    pub book: String,
    /// The path parameter `line`.
    pub line: i128,
    /// The body, `application/json`.
    pub body: NoteRequest,
}

impl CorrectAnyNoteInput {
    /// Creates a value from its required fields.
    pub fn new(book: String, line: i128, body: NoteRequest) -> Self {
        Self { book, line, body }
    }
}

/// The note.
pub type CorrectAnyNoteOutput = Note;

/// The error responses of `correctAnyNote`.
#[derive(Debug)]
pub enum CorrectAnyNoteError {
    /// `4XX`: What is wrong.
    ClientError(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(CorrectAnyNoteError, ClientError = open_problem);

impl Operation for CorrectAnyNoteInput {
    type Output = CorrectAnyNoteOutput;
    type Error = CorrectAnyNoteError;
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Change {
        versioned: false,
    });

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let book = parts.path("book").required();
        let line = parts.path("line").required();
        let body = parts.json("application/json").required();
        Some(Self {
            book: book?,
            line: line?,
            body: body?,
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: CorrectAnyNoteInput,
) -> Result<CorrectAnyNoteOutput, CorrectAnyNoteError> {
    if let Some(problem) = runtime::unstorable(&[("/body", &input.body)]) {
        return Err(CorrectAnyNoteError::ClientError(problem.with_status(400)));
    }
    if runtime::to_text(&input.body.book) != runtime::to_text(&input.book) {
        return Err(
            CorrectAnyNoteError::ClientError(
                Problem::violation("/body/book", "found another key than in the path"),
            ),
        );
    }
    if runtime::to_text(&input.body.line) != runtime::to_text(&input.line) {
        return Err(
            CorrectAnyNoteError::ClientError(
                Problem::violation("/body/line", "found another key than in the path"),
            ),
        );
    }
    let key = NoteKey {
        book: input.book,
        line: input.line,
    };
    let update = Update::new()
        .replace(&input.body, &["text"], &["book", "line", "sealed"])?
        .when(
            Condition::written("attribute_not_exists(#sealed)", &[("#sealed", "sealed")]),
        );
    match tables.note.update(&key, update).await {
        Ok(Updated::Done(item)) => Ok(item),
        Ok(Updated::Refused(Some(_))) => {
            let problem = Problem::new(409, "the condition in the contract is not met");
            Err(CorrectAnyNoteError::ClientError(problem))
        }
        Ok(Updated::Refused(_)) => {
            let problem = Problem::new(404, "the item does not exist");
            Err(CorrectAnyNoteError::ClientError(problem))
        }
        Err(TableError::TooLarge { .. }) => {
            let problem = Problem::new(413, "the item is too large to be stored");
            Err(CorrectAnyNoteError::ClientError(problem))
        }
        Err(error) => Err(error.into()),
    }
}
