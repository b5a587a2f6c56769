// @generated from the contracts in spec/; edits are overwritten.

//! `correctNote`: `PUT /note/{book}/{line}`.

use runtime::{Condition, Context, Failure, Parts, Problem, Reply, Request, Written};

use crate::model::{Note, NoteRequest};
use crate::tables::Tables;
use super::Operations;

/// What `correctNote` takes.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1note~1{book}~1{line}/put`
#[derive(Debug, Clone, PartialEq)]
pub struct CorrectNoteInput {
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
    /// The body.
    ///
    /// - **Shape** body, `application/json`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1note~1{book}~1{line}/put/requestBody`
    pub body: NoteRequest,
}

impl CorrectNoteInput {
    /// With what the contract requires, and nothing else.
    pub fn new(book: String, line: i128, body: NoteRequest) -> Self {
        Self { book, line, body }
    }
}

/// The note.
///
/// - **Status** `200`
/// - **Source** `spec/shop/openapi.yaml#/components/responses/Note`
pub type CorrectNoteOutput = Note;

/// How `correctNote` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum CorrectNoteError {
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
    /// What is wrong.
    ///
    /// - **Status** `409`
    /// - **Source** `spec/shop/openapi.yaml#/components/responses/Problem`
    Conflict(Problem),
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for CorrectNoteError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<CorrectNoteInput, Problem> {
    let mut parts = Parts::of(request);
    let book = parts.path("book").required();
    let line = parts.path("line").required();
    let body = parts.body("application/json");
    parts
        .finish(
            &[400],
            || Some(CorrectNoteInput {
                book: book?,
                line: line?,
                body: body?,
            }),
        )
}

fn reply(answer: CorrectNoteOutput) -> Reply {
    Reply::json(200, "application/json", &answer)
}

impl From<CorrectNoteError> for Reply {
    fn from(error: CorrectNoteError) -> Self {
        match error {
            CorrectNoteError::BadRequest(answer) => {
                Reply::problem(answer.with_status(400))
            }
            CorrectNoteError::NotFound(answer) => Reply::problem(answer.with_status(404)),
            CorrectNoteError::Conflict(answer) => Reply::problem(answer.with_status(409)),
            CorrectNoteError::Unexpected(failure) => Reply::failed(failure),
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
            match operations.correct_note(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}

/// The body that the contract binds the operation to.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1note~1{book}~1{line}/put/x-dynamodb`
pub(super) async fn run(
    tables: &Tables,
    input: CorrectNoteInput,
) -> Result<CorrectNoteOutput, CorrectNoteError> {
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
    let body = input.body;
    let item = Note {
        book: body.book,
        line: body.line,
        text: body.text,
        sealed: Default::default(),
    };
    let condition = Condition::item_exists::<Note>()
        .and(
            Condition::written("attribute_not_exists(#sealed)", &[("#sealed", "sealed")]),
        );
    match tables.note.put_if(&item, condition).await {
        Ok(Written::Done) => Ok(item),
        Ok(Written::Refused(Some(_))) => {
            Err(CorrectNoteError::Conflict(Problem::new(409, "What is wrong.")))
        }
        Ok(Written::Refused(_)) => {
            Err(CorrectNoteError::NotFound(Problem::new(404, "What is wrong.")))
        }
        Err(error) => Err(error.into()),
    }
}
