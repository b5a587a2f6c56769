// @generated from the contracts in spec/; edits are overwritten.

//! `listNotes`: `GET /note`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1note/get`

use runtime::{Failure, Operation, Parts, Problem, Query, Reply, TableError};

use crate::model::{Limit, NotePage};
use crate::tables::Tables;

/// What `listNotes` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListNotesInput {
    /// `limit` in the query.
    pub limit: Option<Limit>,
    /// `next` in the query.
    pub next: Option<String>,
}

/// A page of notes.
pub type ListNotesOutput = NotePage;

/// How `listNotes` fails.
#[derive(Debug)]
pub enum ListNotesError {
    /// `400`: What is wrong.
    BadRequest(Problem),
    /// Anything else, by `?`: the client gets an opaque `500`, the log the failure.
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

/// What the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: ListNotesInput,
) -> Result<ListNotesOutput, ListNotesError> {
    let query = Query::all().consistent();
    let query = match input.limit {
        Some(limit) => query.limit(limit.get()),
        None => query,
    };
    let query = query.after(input.next.as_ref().map(runtime::to_text));
    match tables.note.page(query).await {
        Ok(page) => {
            Ok(NotePage {
                notes: page.items,
                next: page.next,
                others: Default::default(),
            })
        }
        Err(TableError::BadToken) => {
            Err(
                ListNotesError::BadRequest(
                    Problem::violation(
                        "/query/next",
                        "found a text that no page before gave out",
                    ),
                ),
            )
        }
        Err(error) => Err(error.into()),
    }
}
