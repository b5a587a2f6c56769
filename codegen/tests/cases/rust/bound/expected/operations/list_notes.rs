// @generated from the contracts in spec/; edits are overwritten.

//! `listNotes`: `GET /note`.

use runtime::{Context, Failure, Parts, Problem, Query, Reply, Request, TableError};

use crate::model::{Limit, NotePage};
use crate::tables::Tables;
use super::Operations;

/// What `listNotes` takes.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1note/get`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListNotesInput {
    /// A parameter.
    ///
    /// - **Shape** query parameter `limit`
    /// - **Source** `spec/shop/openapi.yaml#/components/parameters/Limit`
    pub limit: Option<Limit>,
    /// A parameter.
    ///
    /// - **Shape** query parameter `next`
    /// - **Source** `spec/shop/openapi.yaml#/components/parameters/Next`
    pub next: Option<String>,
}

/// A page of notes.
///
/// - **Status** `200`
/// - **Source** `spec/shop/openapi.yaml#/components/responses/Page`
pub type ListNotesOutput = NotePage;

/// How `listNotes` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum ListNotesError {
    /// What is wrong.
    ///
    /// - **Status** `400`
    /// - **Source** `spec/shop/openapi.yaml#/components/responses/Problem`
    BadRequest(Problem),
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for ListNotesError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<ListNotesInput, Problem> {
    let mut parts = Parts::of(request);
    let limit = parts.query("limit").optional();
    let next = parts.query("next").optional();
    parts
        .finish(
            &[400],
            || Some(ListNotesInput {
                limit: limit?,
                next: next?,
            }),
        )
}

fn reply(answer: ListNotesOutput) -> Reply {
    Reply::json(200, "application/json", &answer)
}

impl From<ListNotesError> for Reply {
    fn from(error: ListNotesError) -> Self {
        match error {
            ListNotesError::BadRequest(answer) => Reply::problem(answer.with_status(400)),
            ListNotesError::Unexpected(failure) => Reply::failed(failure),
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
            match operations.list_notes(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}

/// The body that the contract binds the operation to.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1note/get/x-dynamodb`
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
