// @generated from the contracts in spec/; edits are overwritten.

//! `readBook`: `GET /note/{book}`.

use runtime::{Context, Failure, Parts, Problem, Query, Reply, Request, TableError};

use crate::model::{Limit, NotePage};
use crate::tables::Tables;
use super::Operations;

/// What `readBook` takes.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1note~1{book}/get`
#[derive(Debug, Clone, PartialEq)]
pub struct ReadBookInput {
    /// A parameter.
    ///
    /// - **Shape** path parameter `book`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1note~1{book}/parameters/0`
    pub book: String,
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

impl ReadBookInput {
    /// With what the contract requires, and nothing else.
    pub fn new(book: String) -> Self {
        Self {
            book,
            limit: Default::default(),
            next: Default::default(),
        }
    }
}

/// A page of notes.
///
/// - **Status** `200`
/// - **Source** `spec/shop/openapi.yaml#/components/responses/Page`
pub type ReadBookOutput = NotePage;

/// How `readBook` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum ReadBookError {
    /// What is wrong.
    ///
    /// - **Status** `400`
    /// - **Source** `spec/shop/openapi.yaml#/components/responses/Problem`
    BadRequest(Problem),
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for ReadBookError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<ReadBookInput, Problem> {
    let mut parts = Parts::of(request);
    let book = parts.path("book").required();
    let limit = parts.query("limit").optional();
    let next = parts.query("next").optional();
    parts
        .finish(
            &[400],
            || Some(ReadBookInput {
                book: book?,
                limit: limit?,
                next: next?,
            }),
        )
}

fn reply(answer: ReadBookOutput) -> Reply {
    Reply::json(200, "application/json", &answer)
}

impl From<ReadBookError> for Reply {
    fn from(error: ReadBookError) -> Self {
        match error {
            ReadBookError::BadRequest(answer) => Reply::problem(answer.with_status(400)),
            ReadBookError::Unexpected(failure) => Reply::failed(failure),
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
            match operations.read_book(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}

/// The body that the contract binds the operation to.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1note~1{book}/get/x-dynamodb`
pub(super) async fn run(
    tables: &Tables,
    input: ReadBookInput,
) -> Result<ReadBookOutput, ReadBookError> {
    let query = Query::partition(&input.book);
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
                ReadBookError::BadRequest(
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
