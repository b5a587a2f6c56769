// @generated from the contracts in spec/; edits are overwritten.

//! `listSales`: `GET /product/{id}/sales`.
//!
//! - **Source** `spec/product/openapi.yaml#/paths/~1product~1{id}~1sales/get`

use runtime::{
    Access, Failure, Operation, Parts, Problem, Query, Reply, Requirement, TableError,
};

use crate::model::{Limit, Next, ProductId, SalePage};
use crate::tables::Tables;

/// The input of `listSales`.
#[derive(Debug, Clone, PartialEq)]
pub struct ListSalesInput {
    /// The id of the product.
    pub id: ProductId,
    /// How many items a page holds at most.
    ///
    /// - **Default** `25`
    pub limit: Limit,
    /// The `next` of the page before; left out for the first page.
    pub next: Option<Next>,
}

impl ListSalesInput {
    /// Creates a value from its required fields.
    pub fn new(id: ProductId) -> Self {
        Self {
            id,
            limit: runtime::preset("25"),
            next: Default::default(),
        }
    }
}

/// A page of the product's sales; empty when nothing sold.
pub type ListSalesOutput = SalePage;

/// The error responses of `listSales`.
#[derive(Debug)]
pub enum ListSalesError {
    /// `400`: The request violates the contract; every violation is listed.
    BadRequest(Problem),
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The credentials lack the scope for it.
    Forbidden(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    ListSalesError,
    BadRequest = problem(400),
    Unauthorized = problem(401),
    Forbidden = problem(403)
);

impl Operation for ListSalesInput {
    type Output = ListSalesOutput;
    type Error = ListSalesError;
    const ACCESS: &'static Access = &[&[Requirement::token("login", &["sales.read"])]];
    const CHALLENGE: &'static str = "Bearer";

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let id = parts.path("id").required();
        let limit = parts.query("limit").or("25");
        let next = parts.query("next").optional();
        Some(Self {
            id: id?,
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
    input: ListSalesInput,
) -> Result<ListSalesOutput, ListSalesError> {
    let query = Query::partition(&input.id)
        .limit(input.limit.get())
        .after(input.next.as_ref().map(runtime::to_text));
    match tables.sale.page(query).await {
        Ok(page) => {
            Ok(SalePage {
                items: page.items,
                next: runtime::rules::page_token(page.next)?,
                others: Default::default(),
            })
        }
        Err(TableError::BadToken) => {
            Err(ListSalesError::BadRequest(Problem::bad_page_token("/query/next")))
        }
        Err(error) => Err(error.into()),
    }
}
