// @generated from the contracts in spec/; edits are overwritten.

//! `listBaskets`: `GET /basket`.
//!
//! List the baskets

use runtime::{Context, Failure, Parts, Problem, Query, Reply, Request, TableError};

use crate::model::{BasketPage, Limit, Next};
use crate::tables::Tables;
use super::Operations;

/// What `listBaskets` takes.
///
/// - **Source** `spec/basket/openapi.yaml#/paths/~1basket/get`
#[derive(Debug, Clone, PartialEq)]
pub struct ListBasketsInput {
    /// How many items a page holds at most.
    ///
    /// - **Shape** query parameter `limit`
    /// - **Default** `25`
    /// - **Source** `spec/basket/openapi.yaml#/components/parameters/Limit`
    pub limit: Limit,
    /// The `next` of the page before; left out for the first page.
    ///
    /// - **Shape** query parameter `next`
    /// - **Source** `spec/basket/openapi.yaml#/components/parameters/Next`
    pub next: Option<Next>,
}

impl Default for ListBasketsInput {
    fn default() -> Self {
        Self {
            limit: runtime::preset("25"),
            next: Default::default(),
        }
    }
}

/// A page of baskets.
///
/// - **Status** `200`
/// - **Source** `spec/basket/openapi.yaml#/paths/~1basket/get/responses/200`
pub type ListBasketsOutput = BasketPage;

/// How `listBaskets` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum ListBasketsError {
    /// The request violates the contract; every violation is listed.
    ///
    /// - **Status** `400`
    /// - **Source** `spec/basket/openapi.yaml#/components/responses/BadRequest`
    BadRequest(Problem),
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for ListBasketsError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<ListBasketsInput, Problem> {
    let mut parts = Parts::of(request);
    let limit = parts.query("limit").or("25");
    let next = parts.query("next").optional();
    parts
        .finish(
            &[400],
            || Some(ListBasketsInput {
                limit: limit?,
                next: next?,
            }),
        )
}

fn reply(answer: ListBasketsOutput) -> Reply {
    Reply::json(200, "application/json", &answer)
}

impl From<ListBasketsError> for Reply {
    fn from(error: ListBasketsError) -> Self {
        match error {
            ListBasketsError::BadRequest(answer) => {
                Reply::problem(answer.with_status(400))
            }
            ListBasketsError::Unexpected(failure) => Reply::failed(failure),
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
            match operations.list_baskets(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}

/// The body that the contract binds the operation to.
///
/// - **Source** `spec/basket/openapi.yaml#/paths/~1basket/get/x-dynamodb`
pub(super) async fn run(
    tables: &Tables,
    input: ListBasketsInput,
) -> Result<ListBasketsOutput, ListBasketsError> {
    let query = Query::all();
    let query = query.limit(input.limit.get());
    let query = query.after(input.next.as_ref().map(runtime::to_text));
    match tables.basket.page(query).await {
        Ok(page) => {
            Ok(BasketPage {
                items: page.items,
                next: match page.next {
                    Some(next) => Some(runtime::rules::decode_value("next", &next)?),
                    None => None,
                },
            })
        }
        Err(TableError::BadToken) => {
            Err(
                ListBasketsError::BadRequest(
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
