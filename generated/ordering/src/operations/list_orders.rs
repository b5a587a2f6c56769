// @generated from the contracts in spec/; edits are overwritten.

//! `listOrders`: `GET /order`.
//!
//! - **Source** `spec/ordering/openapi.yaml#/paths/~1order/get`

use runtime::{
    Access, Failure, Operation, Owned, Parts, Problem, Query, Reply, Requirement,
    TableError,
};

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
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The item belongs to another customer, or the credentials lack the scope for it.
    Forbidden(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    ListOrdersError,
    BadRequest = problem(400),
    Unauthorized = problem(401),
    Forbidden = problem(403)
);

impl Operation for ListOrdersInput {
    type Output = ListOrdersOutput;
    type Error = ListOrdersError;
    const ACCESS: &'static Access = &[&[Requirement::token("login", &["orders.all"])]];
    const CHALLENGE: &'static str = "Bearer";

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let limit = parts.query("limit").or("25");
        let next = parts.query("next").optional();
        Some(Self { limit: limit?, next: next? })
    }

    fn owner(&self) -> Option<Owned> {
        Some(Owned {
            claim: "sub",
            unless: Some("orders.all"),
            owner: None,
        })
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
