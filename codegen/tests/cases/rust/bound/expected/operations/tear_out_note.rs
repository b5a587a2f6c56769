// @generated from the contracts in spec/; edits are overwritten.

//! `tearOutNote`: `DELETE /note/{book}/{line}`.

use runtime::{Condition, Context, Failure, Parts, Problem, Reply, Request, Written};

use crate::model::Note;
use crate::tables::{NoteKey, Tables};
use super::Operations;

/// What `tearOutNote` takes.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1note~1{book}~1{line}/delete`
#[derive(Debug, Clone, PartialEq)]
pub struct TearOutNoteInput {
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

impl TearOutNoteInput {
    /// With what the contract requires, and nothing else.
    pub fn new(book: String, line: i128) -> Self {
        Self { book, line }
    }
}

/// It is gone.
///
/// - **Status** `204`
/// - **Source** `spec/shop/openapi.yaml#/paths/~1note~1{book}~1{line}/delete/responses/204`
pub type TearOutNoteOutput = ();

/// How `tearOutNote` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum TearOutNoteError {
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

impl<E: Into<Failure>> From<E> for TearOutNoteError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<TearOutNoteInput, Problem> {
    let mut parts = Parts::of(request);
    let book = parts.path("book").required();
    let line = parts.path("line").required();
    parts
        .finish(
            &[400],
            || Some(TearOutNoteInput {
                book: book?,
                line: line?,
            }),
        )
}

fn reply((): TearOutNoteOutput) -> Reply {
    Reply::empty(204)
}

impl From<TearOutNoteError> for Reply {
    fn from(error: TearOutNoteError) -> Self {
        match error {
            TearOutNoteError::BadRequest(answer) => {
                Reply::problem(answer.with_status(400))
            }
            TearOutNoteError::NotFound(answer) => Reply::problem(answer.with_status(404)),
            TearOutNoteError::Conflict(answer) => Reply::problem(answer.with_status(409)),
            TearOutNoteError::Unexpected(failure) => Reply::failed(failure),
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
            match operations.tear_out_note(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}

/// The body that the contract binds the operation to.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1note~1{book}~1{line}/delete/x-dynamodb`
pub(super) async fn run(
    tables: &Tables,
    input: TearOutNoteInput,
) -> Result<TearOutNoteOutput, TearOutNoteError> {
    let key = NoteKey {
        book: input.book,
        line: input.line,
    };
    let condition = Condition::item_exists::<Note>()
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
