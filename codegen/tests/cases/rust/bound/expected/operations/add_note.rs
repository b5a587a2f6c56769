// @generated from the contracts in spec/; edits are overwritten.

//! `addNote`: `POST /note`.

use runtime::{Condition, Context, Failure, Parts, Problem, Reply, Request, Written};

use crate::model::{Note, NoteRequest};
use crate::tables::Tables;
use super::Operations;

/// What `addNote` takes.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1note/post`
#[derive(Debug, Clone, PartialEq)]
pub struct AddNoteInput {
    /// The body.
    ///
    /// - **Shape** body, `application/json`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1note/post/requestBody`
    pub body: NoteRequest,
}

impl AddNoteInput {
    /// With what the contract requires, and nothing else.
    pub fn new(body: NoteRequest) -> Self {
        Self { body }
    }
}

/// The note.
///
/// - **Status** `201`
/// - **Source** `spec/shop/openapi.yaml#/components/responses/Note`
pub type AddNoteOutput = Note;

/// How `addNote` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum AddNoteError {
    /// What is wrong.
    ///
    /// - **Status** `400`
    /// - **Source** `spec/shop/openapi.yaml#/components/responses/Problem`
    BadRequest(Problem),
    /// What is wrong.
    ///
    /// - **Status** `409`
    /// - **Source** `spec/shop/openapi.yaml#/components/responses/Problem`
    Conflict(Problem),
    /// What is wrong.
    ///
    /// - **Status** `503`
    /// - **Source** `spec/shop/openapi.yaml#/components/responses/Problem`
    ServiceUnavailable(Problem),
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for AddNoteError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<AddNoteInput, Problem> {
    let mut parts = Parts::of(request);
    let body = parts.body("application/json");
    parts.finish(&[400], || Some(AddNoteInput { body: body? }))
}

fn reply(answer: AddNoteOutput) -> Reply {
    Reply::json(201, "application/json", &answer)
}

impl From<AddNoteError> for Reply {
    fn from(error: AddNoteError) -> Self {
        match error {
            AddNoteError::BadRequest(answer) => Reply::problem(answer.with_status(400)),
            AddNoteError::Conflict(answer) => Reply::problem(answer.with_status(409)),
            AddNoteError::ServiceUnavailable(answer) => {
                Reply::problem(answer.with_status(503))
            }
            AddNoteError::Unexpected(failure) => Reply::failed(failure),
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
            match operations.add_note(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}

/// The body that the contract binds the operation to.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1note/post/x-dynamodb`
pub(super) async fn run(
    tables: &Tables,
    input: AddNoteInput,
) -> Result<AddNoteOutput, AddNoteError> {
    let body = input.body;
    let item = Note {
        book: body.book,
        line: body.line,
        text: body.text,
        sealed: Default::default(),
    };
    match tables.note.put_if(&item, Condition::item_absent::<Note>()).await {
        Ok(Written::Done) => Ok(item),
        Ok(Written::Refused(_)) => {
            Err(AddNoteError::Conflict(Problem::new(409, "What is wrong.")))
        }
        Err(error) if error.is_throttled() => {
            Err(AddNoteError::ServiceUnavailable(Problem::new(503, "What is wrong.")))
        }
        Err(error) => Err(error.into()),
    }
}
