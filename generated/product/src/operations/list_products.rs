// @generated from the contracts in spec/; edits are overwritten.

//! `listProducts`: `GET /product`.
//!
//! - **Source** `spec/product/openapi.yaml#/paths/~1product/get`

use runtime::{Failure, Operation, Parts, Problem, Query, Reply, TableError};

use crate::model::{Category, Limit, Next, ProductPage};
use crate::tables::{ProductIndexes, Tables};

/// The input of `listProducts`.
#[derive(Debug, Clone, PartialEq)]
pub struct ListProductsInput {
    /// Only the products of this category.
    pub category: Option<Category>,
    /// How many items a page holds at most.
    ///
    /// - **Default** `25`
    pub limit: Limit,
    /// The `next` of the page before; left out for the first page.
    pub next: Option<Next>,
}

impl Default for ListProductsInput {
    fn default() -> Self {
        Self {
            category: Default::default(),
            limit: runtime::preset("25"),
            next: Default::default(),
        }
    }
}

/// A page of products.
pub type ListProductsOutput = ProductPage;

/// The error responses of `listProducts`.
#[derive(Debug)]
pub enum ListProductsError {
    /// `400`: The request violates the contract; every violation is listed.
    BadRequest(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ListProductsError, BadRequest = problem(400));

impl Operation for ListProductsInput {
    type Output = ListProductsOutput;
    type Error = ListProductsError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let category = parts.query("category").optional();
        let limit = parts.query("limit").or("25");
        let next = parts.query("next").optional();
        Some(Self {
            category: category?,
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
    input: ListProductsInput,
) -> Result<ListProductsOutput, ListProductsError> {
    let query = match &input.category {
        Some(category) => Query::partition(category).index(ProductIndexes::BY_CATEGORY),
        None => Query::all(),
    };
    let query = query
        .limit(input.limit.get())
        .after(input.next.as_ref().map(runtime::to_text));
    match tables.product.page(query).await {
        Ok(page) => {
            Ok(ProductPage {
                items: page.items,
                next: runtime::rules::page_token(page.next)?,
                others: Default::default(),
            })
        }
        Err(TableError::BadToken) => {
            Err(ListProductsError::BadRequest(Problem::bad_page_token("/query/next")))
        }
        Err(error) => Err(error.into()),
    }
}
