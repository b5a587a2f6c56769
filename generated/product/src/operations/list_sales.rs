// @generated from the contracts in spec/; edits are overwritten.

//! `listSales`: `GET /product/{id}/sales`.
//!
//! List what sold of a product
//!
//! Each line of an order that names the product is one sale; by time, oldest first. Sales outlive
//! the product.
//! They follow the orders a moment later.

use runtime::{Context, Failure, Parts, Problem, Query, Reply, Request, TableError};

use crate::model::{Limit, Next, ProductId, SalePage};
use crate::tables::Tables;
use super::Operations;

/// What `listSales` takes.
///
/// - **Source** `spec/product/openapi.yaml#/paths/~1product~1{id}~1sales/get`
#[derive(Debug, Clone, PartialEq)]
pub struct ListSalesInput {
    /// The id of the product.
    ///
    /// - **Shape** path parameter `id`
    /// - **Source** `spec/product/openapi.yaml#/paths/~1product~1{id}~1sales/parameters/0`
    pub id: ProductId,
    /// How many items a page holds at most.
    ///
    /// - **Shape** query parameter `limit`
    /// - **Default** `25`
    /// - **Source** `spec/product/openapi.yaml#/components/parameters/Limit`
    pub limit: Limit,
    /// The `next` of the page before; left out for the first page.
    ///
    /// - **Shape** query parameter `next`
    /// - **Source** `spec/product/openapi.yaml#/components/parameters/Next`
    pub next: Option<Next>,
}

impl ListSalesInput {
    /// With what the contract requires, and nothing else.
    pub fn new(id: ProductId) -> Self {
        Self {
            id,
            limit: runtime::preset("25"),
            next: Default::default(),
        }
    }
}

/// A page of the product's sales; empty when nothing sold.
///
/// - **Status** `200`
/// - **Source** `spec/product/openapi.yaml#/paths/~1product~1{id}~1sales/get/responses/200`
pub type ListSalesOutput = SalePage;

/// How `listSales` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum ListSalesError {
    /// The request violates the contract; every violation is listed.
    ///
    /// - **Status** `400`
    /// - **Source** `spec/product/openapi.yaml#/components/responses/BadRequest`
    BadRequest(Problem),
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for ListSalesError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<ListSalesInput, Problem> {
    let mut parts = Parts::of(request);
    let id = parts.path("id").required();
    let limit = parts.query("limit").or("25");
    let next = parts.query("next").optional();
    parts
        .finish(
            &[400],
            || Some(ListSalesInput {
                id: id?,
                limit: limit?,
                next: next?,
            }),
        )
}

fn reply(answer: ListSalesOutput) -> Reply {
    Reply::json(200, "application/json", &answer)
}

impl From<ListSalesError> for Reply {
    fn from(error: ListSalesError) -> Self {
        match error {
            ListSalesError::BadRequest(answer) => Reply::problem(answer.with_status(400)),
            ListSalesError::Unexpected(failure) => Reply::failed(failure),
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
            match operations.list_sales(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}

/// The body that the contract binds the operation to.
///
/// - **Source** `spec/product/openapi.yaml#/paths/~1product~1{id}~1sales/get/x-dynamodb`
pub(super) async fn run(
    tables: &Tables,
    input: ListSalesInput,
) -> Result<ListSalesOutput, ListSalesError> {
    let query = Query::partition(&input.id);
    let query = query.limit(input.limit.get());
    let query = query.after(input.next.as_ref().map(runtime::to_text));
    match tables.sale.page(query).await {
        Ok(page) => {
            Ok(SalePage {
                items: page.items,
                next: match page.next {
                    Some(next) => Some(runtime::rules::decode_value("next", &next)?),
                    None => None,
                },
            })
        }
        Err(TableError::BadToken) => {
            Err(
                ListSalesError::BadRequest(
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
