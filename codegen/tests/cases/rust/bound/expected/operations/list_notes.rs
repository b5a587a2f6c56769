// @generated from the contracts in spec/; edits are overwritten.

//! `listNotes`: `GET /note`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1note/get`

use runtime::{Failure, Operation, Parts, Problem, Query, Reply, TableError};

use crate::model::{Limit, NotePage};
use crate::tables::Tables;

/// The input of `listNotes`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListNotesInput {
    /// The query parameter `limit`.
    pub limit: Option<Limit>,
    /// The query parameter `next`.
    pub next: Option<String>,
}

/// A page of notes.
pub type ListNotesOutput = NotePage;

/// The error responses of `listNotes`.
#[derive(Debug)]
pub enum ListNotesError {
    /// `400`: What is wrong.
    BadRequest(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ListNotesError, BadRequest = problem(400));

impl Operation for ListNotesInput {
    type Output = ListNotesOutput;
    type Error = ListNotesError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let limit = parts.query("limit").optional();
        let next = parts.query("next").optional();
        Some(Self { limit: limit?, next: next? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: ListNotesInput,
) -> Result<ListNotesOutput, ListNotesError> {
    let query = Query::all()
        .consistent()
        .maybe(input.limit, |query, limit| query.limit(limit.get()))
        .after(input.next.as_ref().map(runtime::to_text));
    match tables.note.page(query).await {
        Ok(page) => {
            Ok(NotePage {
                notes: page.items,
                next: page.next,
                others: Default::default(),
            })
        }
        Err(TableError::BadToken) => {
            Err(ListNotesError::BadRequest(Problem::bad_page_token("/query/next")))
        }
        Err(error) => Err(error.into()),
    }
}
