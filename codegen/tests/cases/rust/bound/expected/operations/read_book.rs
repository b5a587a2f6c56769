// @generated from the contracts in spec/; edits are overwritten.

//! `readBook`: `GET /note/{book}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1note~1{book}/get`

use runtime::{Failure, Operation, Parts, Problem, Query, Reply, TableError};

use crate::model::{Limit, NotePage};
use crate::tables::Tables;

/// The input of `readBook`.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadBookInput {
    /// The path parameter `book`.
    pub book: String,
    /// The query parameter `limit`.
    pub limit: Option<Limit>,
    /// The query parameter `next`.
    pub next: Option<String>,
}

impl ReadBookInput {
    /// Creates a value from its required fields.
    pub fn new(book: String) -> Self {
        Self {
            book,
            limit: Default::default(),
            next: Default::default(),
        }
    }
}

/// A page of notes.
pub type ReadBookOutput = NotePage;

/// The error responses of `readBook`.
#[derive(Debug)]
pub enum ReadBookError {
    /// `400`: What is wrong.
    BadRequest(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ReadBookError, BadRequest = problem(400));

impl Operation for ReadBookInput {
    type Output = ReadBookOutput;
    type Error = ReadBookError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let book = parts.path("book").required();
        let limit = parts.query("limit").optional();
        let next = parts.query("next").optional();
        Some(Self {
            book: book?,
            limit: limit?,
            next: next?,
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: ReadBookInput,
) -> Result<ReadBookOutput, ReadBookError> {
    let query = Query::partition(&input.book)
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
            Err(ReadBookError::BadRequest(Problem::bad_page_token("/query/next")))
        }
        Err(error) => Err(error.into()),
    }
}
