// @generated from the contracts in spec/; edits are overwritten.

//! `addNote`: `POST /note`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1note/post`

use runtime::{Failure, Operation, Parts, Preconditions, Problem, Reply, Written};

use crate::model::{Note, NoteRequest};
use crate::tables::Tables;

/// The input of `addNote`.
#[derive(Debug, Clone, PartialEq)]
pub struct AddNoteInput {
    /// The body, `application/json`.
    pub body: NoteRequest,
}

impl AddNoteInput {
    /// Creates a value from its required fields.
    pub fn new(body: NoteRequest) -> Self {
        Self { body }
    }
}

/// The note.
pub type AddNoteOutput = Note;

/// The error responses of `addNote`.
#[derive(Debug)]
pub enum AddNoteError {
    /// `400`: What is wrong.
    BadRequest(Problem),
    /// `409`: What is wrong.
    Conflict(Problem),
    /// `503`: What is wrong.
    ServiceUnavailable(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    AddNoteError,
    BadRequest = problem(400),
    Conflict = problem(409),
    ServiceUnavailable = problem(503)
);

impl Operation for AddNoteInput {
    type Output = AddNoteOutput;
    type Error = AddNoteError;
    const UNSUPPORTED: u16 = 400;
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Create);

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.json("application/json").required();
        Some(Self { body: body? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(201, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: AddNoteInput,
) -> Result<AddNoteOutput, AddNoteError> {
    if let Some(problem) = runtime::unstorable(&[("/body", &input.body)]) {
        return Err(AddNoteError::BadRequest(problem.with_status(400)));
    }
    let body = input.body;
    let item = Note {
        book: body.book,
        line: body.line,
        text: body.text,
        sealed: Default::default(),
        others: body.others,
    };
    match tables.note.create(&item).await {
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
