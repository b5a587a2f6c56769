// @generated from the contracts in spec/; edits are overwritten.

//! `listOrders`: `GET /order`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1order/get`

use runtime::{
    Access, Failure, Operation, Owned, Parts, Problem, Query, Reply, Requirement,
    TableError,
};

use crate::model::{ListOrdersLimit, ListOrdersNext, Page};
use crate::tables::Tables;

/// The input of `listOrders`.
#[derive(Debug, Clone, PartialEq)]
pub struct ListOrdersInput {
    /// The query parameter `limit`.
    ///
    /// - **Default** `25`
    pub limit: ListOrdersLimit,
    /// The query parameter `next`.
    pub next: Option<ListOrdersNext>,
}

impl Default for ListOrdersInput {
    fn default() -> Self {
        Self {
            limit: runtime::preset("25"),
            next: Default::default(),
        }
    }
}

/// All orders.
pub type ListOrdersOutput = Page;

/// The error responses of `listOrders`.
#[derive(Debug)]
pub enum ListOrdersError {
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The credentials do not allow this request.
    Forbidden(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ListOrdersError, Unauthorized = problem(401), Forbidden = problem(403));

impl Operation for ListOrdersInput {
    type Output = ListOrdersOutput;
    type Error = ListOrdersError;
    const ACCESS: &'static Access = &[&[Requirement::token("login", &[])]];
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
            Ok(Page {
                items: page.items,
                next: runtime::rules::page_token(page.next)?,
                others: Default::default(),
            })
        }
        Err(TableError::BadToken) => {
            Err(Failure::refused(Problem::bad_page_token("/query/next")).into())
        }
        Err(error) => Err(error.into()),
    }
}
