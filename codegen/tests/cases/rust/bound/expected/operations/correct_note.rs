// @generated from the contracts in spec/; edits are overwritten.

//! `correctNote`: `PUT /note/{book}/{line}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1note~1{book}~1{line}/put`

use runtime::{
    Condition, Failure, Operation, Parts, Preconditions, Problem, Reply, Update, Updated,
};

use crate::model::{Note, NoteRequest};
use crate::tables::{NoteKey, Tables};

/// The input of `correctNote`.
#[derive(Debug, Clone, PartialEq)]
pub struct CorrectNoteInput {
    /// The path parameter `book`.
    pub book: String,
    /// The path parameter `line`.
    pub line: i128,
    /// The body, `application/json`.
    pub body: NoteRequest,
}

impl CorrectNoteInput {
    /// Creates a value from its required fields.
    pub fn new(book: String, line: i128, body: NoteRequest) -> Self {
        Self { book, line, body }
    }
}

/// The note.
pub type CorrectNoteOutput = Note;

/// The error responses of `correctNote`.
#[derive(Debug)]
pub enum CorrectNoteError {
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
    CorrectNoteError,
    BadRequest = problem(400),
    NotFound = problem(404),
    Conflict = problem(409)
);

impl Operation for CorrectNoteInput {
    type Output = CorrectNoteOutput;
    type Error = CorrectNoteError;
    const UNSUPPORTED: u16 = 400;
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
    input: CorrectNoteInput,
) -> Result<CorrectNoteOutput, CorrectNoteError> {
    if let Some(problem) = runtime::unstorable(&[("/body", &input.body)]) {
        return Err(CorrectNoteError::BadRequest(problem.with_status(400)));
    }
    if runtime::to_text(&input.body.book) != runtime::to_text(&input.book) {
        return Err(
            CorrectNoteError::BadRequest(
                Problem::violation("/body/book", "found another key than in the path"),
            ),
        );
    }
    if runtime::to_text(&input.body.line) != runtime::to_text(&input.line) {
        return Err(
            CorrectNoteError::BadRequest(
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
            Err(CorrectNoteError::Conflict(Problem::new(409, "What is wrong.")))
        }
        Ok(Updated::Refused(_)) => {
            Err(CorrectNoteError::NotFound(Problem::new(404, "What is wrong.")))
        }
        Err(error) => Err(error.into()),
    }
}
