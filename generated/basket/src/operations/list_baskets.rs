// @generated from the contracts in spec/; edits are overwritten.

//! `listBaskets`: `GET /basket`.
//!
//! - **Source** `spec/basket/openapi.yaml#/paths/~1basket/get`

use runtime::{
    Access, Failure, Operation, Owned, Parts, Problem, Query, Reply, Requirement,
    TableError,
};

use crate::model::{BasketPage, Limit, Next};
use crate::tables::Tables;

/// The input of `listBaskets`.
#[derive(Debug, Clone, PartialEq)]
pub struct ListBasketsInput {
    /// How many items a page holds at most.
    ///
    /// - **Default** `25`
    pub limit: Limit,
    /// The `next` of the page before; left out for the first page.
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
pub type ListBasketsOutput = BasketPage;

/// The error responses of `listBaskets`.
#[derive(Debug)]
pub enum ListBasketsError {
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
    ListBasketsError,
    BadRequest = problem(400),
    Unauthorized = problem(401),
    Forbidden = problem(403)
);

impl Operation for ListBasketsInput {
    type Output = ListBasketsOutput;
    type Error = ListBasketsError;
    const ACCESS: &'static Access = &[&[Requirement::token("login", &["baskets.all"])]];
    const CHALLENGE: &'static str = "Bearer";

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let limit = parts.query("limit").or("25");
        let next = parts.query("next").optional();
        Some(Self { limit: limit?, next: next? })
    }

    fn owner(&self) -> Option<Owned> {
        Some(Owned {
            claim: "sub",
            unless: Some("baskets.all"),
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
    input: ListBasketsInput,
) -> Result<ListBasketsOutput, ListBasketsError> {
    let query = Query::all()
        .limit(input.limit.get())
        .after(input.next.as_ref().map(runtime::to_text));
    match tables.basket.page(query).await {
        Ok(page) => {
            Ok(BasketPage {
                items: page.items,
                next: runtime::rules::page_token(page.next)?,
                others: Default::default(),
            })
        }
        Err(TableError::BadToken) => {
            Err(ListBasketsError::BadRequest(Problem::bad_page_token("/query/next")))
        }
        Err(error) => Err(error.into()),
    }
}
