// @generated from the contracts in spec/; edits are overwritten.

//! `listOrders`: `GET /order`.
//!
//! - **Source** `spec/ordering/openapi.yaml#/paths/~1order/get`

use runtime::{Failure, Operation, Parts, Problem, Query, Reply, TableError};

use crate::model::{Limit, Next, OrderPage};
use crate::tables::Tables;

/// The input of `listOrders`.
#[derive(Debug, Clone, PartialEq)]
pub struct ListOrdersInput {
    /// How many items a page holds at most.
    ///
    /// - **Default** `25`
    pub limit: Limit,
    /// The `next` of the page before; left out for the first page.
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
pub type ListOrdersOutput = OrderPage;

/// The error responses of `listOrders`.
#[derive(Debug)]
pub enum ListOrdersError {
    /// `400`: The request violates the contract; every violation is listed.
    BadRequest(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ListOrdersError, BadRequest = problem(400));

impl Operation for ListOrdersInput {
    type Output = ListOrdersOutput;
    type Error = ListOrdersError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let limit = parts.query("limit").or("25");
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
    input: ListOrdersInput,
) -> Result<ListOrdersOutput, ListOrdersError> {
    let query = Query::all()
        .limit(input.limit.get())
        .after(input.next.as_ref().map(runtime::to_text));
    match tables.order.page(query).await {
        Ok(page) => {
            Ok(OrderPage {
                items: page.items,
                next: runtime::rules::page_token(page.next)?,
                others: Default::default(),
            })
        }
        Err(TableError::BadToken) => {
            Err(ListOrdersError::BadRequest(Problem::bad_page_token("/query/next")))
        }
        Err(error) => Err(error.into()),
    }
}
