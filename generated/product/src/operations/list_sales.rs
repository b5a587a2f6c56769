// @generated from the contracts in spec/; edits are overwritten.

//! `listSales`: `GET /product/{id}/sales`.
//!
//! - **Source** `spec/product/openapi.yaml#/paths/~1product~1{id}~1sales/get`

use runtime::{Failure, Operation, Parts, Problem, Query, Reply, TableError};

use crate::model::{Limit, Next, ProductId, SalePage};
use crate::tables::Tables;

/// What `listSales` takes.
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
pub type ListSalesOutput = SalePage;

/// How `listSales` fails.
#[derive(Debug)]
pub enum ListSalesError {
    /// `400`: The request violates the contract; every violation is listed.
    BadRequest(Problem),
    /// Anything else, by `?`: the client gets an opaque `500`, the log the failure.
    Unexpected(Failure),
}

runtime::error_type!(ListSalesError, BadRequest = problem(400));

impl Operation for ListSalesInput {
    type Output = ListSalesOutput;
    type Error = ListSalesError;

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

/// What the contract binds the operation to.
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
                others: Default::default(),
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
