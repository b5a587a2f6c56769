// @generated from the contracts in spec/; edits are overwritten.

//! `getProduct`: `GET /product/{id}`.
//!
//! Read a product

use runtime::{Context, Failure, Parts, Problem, Reply, Request};

use crate::model::{Product, ProductId};
use crate::tables::{ProductKey, Tables};
use super::Operations;

/// What `getProduct` takes.
///
/// - **Source** `spec/product/openapi.yaml#/paths/~1product~1{id}/get`
#[derive(Debug, Clone, PartialEq)]
pub struct GetProductInput {
    /// The id of the product.
    ///
    /// - **Shape** path parameter `id`
    /// - **Source** `spec/product/openapi.yaml#/paths/~1product~1{id}/parameters/0`
    pub id: ProductId,
}

impl GetProductInput {
    /// With what the contract requires, and nothing else.
    pub fn new(id: ProductId) -> Self {
        Self { id }
    }
}

/// The product.
///
/// - **Status** `200`
/// - **Source** `spec/product/openapi.yaml#/paths/~1product~1{id}/get/responses/200`
pub type GetProductOutput = Product;

/// How `getProduct` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum GetProductError {
    /// The request violates the contract; every violation is listed.
    ///
    /// - **Status** `400`
    /// - **Source** `spec/product/openapi.yaml#/components/responses/BadRequest`
    BadRequest(Problem),
    /// There is no such product.
    ///
    /// - **Status** `404`
    /// - **Source** `spec/product/openapi.yaml#/components/responses/NotFound`
    NotFound(Problem),
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for GetProductError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<GetProductInput, Problem> {
    let mut parts = Parts::of(request);
    let id = parts.path("id").required();
    parts.finish(&[400], || Some(GetProductInput { id: id? }))
}

fn reply(answer: GetProductOutput) -> Reply {
    Reply::json(200, "application/json", &answer)
}

impl From<GetProductError> for Reply {
    fn from(error: GetProductError) -> Self {
        match error {
            GetProductError::BadRequest(answer) => {
                Reply::problem(answer.with_status(400))
            }
            GetProductError::NotFound(answer) => Reply::problem(answer.with_status(404)),
            GetProductError::Unexpected(failure) => Reply::failed(failure),
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
            match operations.get_product(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}

/// The body that the contract binds the operation to.
///
/// - **Source** `spec/product/openapi.yaml#/paths/~1product~1{id}/get/x-dynamodb`
pub(super) async fn run(
    tables: &Tables,
    input: GetProductInput,
) -> Result<GetProductOutput, GetProductError> {
    let key = ProductKey { id: input.id };
    match tables.product.get(&key).await {
        Ok(Some(item)) => Ok(item),
        Ok(None) => {
            Err(
                GetProductError::NotFound(Problem::new(404, "There is no such product.")),
            )
        }
        Err(error) => Err(error.into()),
    }
}
