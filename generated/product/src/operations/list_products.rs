// @generated from the contracts in spec/; edits are overwritten.

//! `listProducts`: `GET /product`.
//!
//! List the products
//!
//! All products, or those of one category, a page at a time.

use runtime::{
    Context, Failure, KeyNames, Parts, Problem, Query, Reply, Request, TableError,
};

use crate::model::{Category, Limit, Next, ProductPage};
use crate::tables::Tables;
use super::Operations;

/// What `listProducts` takes.
///
/// - **Source** `spec/product/openapi.yaml#/paths/~1product/get`
#[derive(Debug, Clone, PartialEq)]
pub struct ListProductsInput {
    /// Only the products of this category.
    ///
    /// - **Shape** query parameter `category`
    /// - **Source** `spec/product/openapi.yaml#/paths/~1product/get/parameters/0`
    pub category: Option<Category>,
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
///
/// - **Status** `200`
/// - **Source** `spec/product/openapi.yaml#/paths/~1product/get/responses/200`
pub type ListProductsOutput = ProductPage;

/// How `listProducts` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum ListProductsError {
    /// The request violates the contract; every violation is listed.
    ///
    /// - **Status** `400`
    /// - **Source** `spec/product/openapi.yaml#/components/responses/BadRequest`
    BadRequest(Problem),
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for ListProductsError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<ListProductsInput, Problem> {
    let mut parts = Parts::of(request);
    let category = parts.query("category").optional();
    let limit = parts.query("limit").or("25");
    let next = parts.query("next").optional();
    parts
        .finish(
            &[400],
            || Some(ListProductsInput {
                category: category?,
                limit: limit?,
                next: next?,
            }),
        )
}

fn reply(answer: ListProductsOutput) -> Reply {
    Reply::json(200, "application/json", &answer)
}

impl From<ListProductsError> for Reply {
    fn from(error: ListProductsError) -> Self {
        match error {
            ListProductsError::BadRequest(answer) => {
                Reply::problem(answer.with_status(400))
            }
            ListProductsError::Unexpected(failure) => Reply::failed(failure),
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
            match operations.list_products(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}

/// The body that the contract binds the operation to.
///
/// - **Source** `spec/product/openapi.yaml#/paths/~1product/get/x-dynamodb`
pub(super) async fn run(
    tables: &Tables,
    input: ListProductsInput,
) -> Result<ListProductsOutput, ListProductsError> {
    let query = match &input.category {
        Some(category) => {
            Query::partition(category)
                .index(
                    "byCategory",
                    KeyNames {
                        partition: "category",
                        sort: None,
                    },
                )
        }
        None => Query::all(),
    };
    let query = query.limit(input.limit.get());
    let query = query.after(input.next.as_ref().map(runtime::to_text));
    match tables.product.page(query).await {
        Ok(page) => {
            Ok(ProductPage {
                items: page.items,
                next: match page.next {
                    Some(next) => Some(runtime::rules::decode_value("next", &next)?),
                    None => None,
                },
            })
        }
        Err(TableError::BadToken) => {
            Err(
                ListProductsError::BadRequest(
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
