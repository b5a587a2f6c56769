// @generated from the contracts in spec/; edits are overwritten.

//! `listOrders`: `GET /order`.
//!
//! List the orders

use runtime::{Context, Failure, Parts, Problem, Query, Reply, Request, TableError};

use crate::model::{Limit, Next, OrderPage};
use crate::tables::Tables;
use super::Operations;

/// What `listOrders` takes.
///
/// - **Source** `spec/ordering/openapi.yaml#/paths/~1order/get`
#[derive(Debug, Clone, PartialEq)]
pub struct ListOrdersInput {
    /// How many items a page holds at most.
    ///
    /// - **Shape** query parameter `limit`
    /// - **Default** `25`
    /// - **Source** `spec/ordering/openapi.yaml#/components/parameters/Limit`
    pub limit: Limit,
    /// The `next` of the page before; left out for the first page.
    ///
    /// - **Shape** query parameter `next`
    /// - **Source** `spec/ordering/openapi.yaml#/components/parameters/Next`
    pub next: Option<Next>,
}

impl Default for ListOrdersInput {
    fn default() -> Self {
        Self {
            limit: runtime::preset("25"),
            next: Default::default(),
        }
    }
}

/// A page of orders.
///
/// - **Status** `200`
/// - **Source** `spec/ordering/openapi.yaml#/paths/~1order/get/responses/200`
pub type ListOrdersOutput = OrderPage;

/// How `listOrders` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum ListOrdersError {
    /// The request violates the contract; every violation is listed.
    ///
    /// - **Status** `400`
    /// - **Source** `spec/ordering/openapi.yaml#/components/responses/BadRequest`
    BadRequest(Problem),
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for ListOrdersError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<ListOrdersInput, Problem> {
    let mut parts = Parts::of(request);
    let limit = parts.query("limit").or("25");
    let next = parts.query("next").optional();
    parts
        .finish(
            &[400],
            || Some(ListOrdersInput {
                limit: limit?,
                next: next?,
            }),
        )
}

fn reply(answer: ListOrdersOutput) -> Reply {
    Reply::json(200, "application/json", &answer)
}

impl From<ListOrdersError> for Reply {
    fn from(error: ListOrdersError) -> Self {
        match error {
            ListOrdersError::BadRequest(answer) => {
                Reply::problem(answer.with_status(400))
            }
            ListOrdersError::Unexpected(failure) => Reply::failed(failure),
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
            match operations.list_orders(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}

/// The body that the contract binds the operation to.
///
/// - **Source** `spec/ordering/openapi.yaml#/paths/~1order/get/x-dynamodb`
pub(super) async fn run(
    tables: &Tables,
    input: ListOrdersInput,
) -> Result<ListOrdersOutput, ListOrdersError> {
    let query = Query::all();
    let query = query.limit(input.limit.get());
    let query = query.after(input.next.as_ref().map(runtime::to_text));
    match tables.order.page(query).await {
        Ok(page) => {
            Ok(OrderPage {
                items: page.items,
                next: match page.next {
                    Some(next) => Some(runtime::rules::decode_value("next", &next)?),
                    None => None,
                },
            })
        }
        Err(TableError::BadToken) => {
            Err(
                ListOrdersError::BadRequest(
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
