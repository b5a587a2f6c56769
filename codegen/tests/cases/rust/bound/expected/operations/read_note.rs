// @generated from the contracts in spec/; edits are overwritten.

//! `readNote`: `GET /note/{book}/{line}`.

use runtime::{Context, Failure, Parts, Problem, Reply, Request};

use crate::model::Note;
use crate::tables::{NoteKey, Tables};
use super::Operations;

/// What `readNote` takes.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1note~1{book}~1{line}/get`
#[derive(Debug, Clone, PartialEq)]
pub struct ReadNoteInput {
    /// A parameter.
    ///
    /// - **Shape** path parameter `book`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1note~1{book}~1{line}/parameters/0`
    pub book: String,
    /// A parameter.
    ///
    /// - **Shape** path parameter `line`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1note~1{book}~1{line}/parameters/1`
    pub line: i128,
}

impl ReadNoteInput {
    /// With what the contract requires, and nothing else.
    pub fn new(book: String, line: i128) -> Self {
        Self { book, line }
    }
}

/// The note.
///
/// - **Status** `200`
/// - **Source** `spec/shop/openapi.yaml#/components/responses/Note`
pub type ReadNoteOutput = Note;

/// How `readNote` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum ReadNoteError {
    /// What is wrong.
    ///
    /// - **Status** `400`
    /// - **Source** `spec/shop/openapi.yaml#/components/responses/Problem`
    BadRequest(Problem),
    /// What is wrong.
    ///
    /// - **Status** `404`
    /// - **Source** `spec/shop/openapi.yaml#/components/responses/Problem`
    NotFound(Problem),
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for ReadNoteError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<ReadNoteInput, Problem> {
    let mut parts = Parts::of(request);
    let book = parts.path("book").required();
    let line = parts.path("line").required();
    parts
        .finish(
            &[400],
            || Some(ReadNoteInput {
                book: book?,
                line: line?,
            }),
        )
}

fn reply(answer: ReadNoteOutput) -> Reply {
    Reply::json(200, "application/json", &answer)
}

impl From<ReadNoteError> for Reply {
    fn from(error: ReadNoteError) -> Self {
        match error {
            ReadNoteError::BadRequest(answer) => Reply::problem(answer.with_status(400)),
            ReadNoteError::NotFound(answer) => Reply::problem(answer.with_status(404)),
            ReadNoteError::Unexpected(failure) => Reply::failed(failure),
        }
    }
}

/// Answers a request.
pub(crate) async fn handle<O: Operations>(
    operations: &O,
    cx: &Context,
    request: &Request,
) -> Reply {
    match read(request) {
        Ok(input) => {
            match operations.read_note(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}

/// The body that the contract binds the operation to.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1note~1{book}~1{line}/get/x-dynamodb`
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
