// @generated from the contracts in spec/; edits are overwritten.

//! `deleteProduct`: `DELETE /product/{id}`.
//!
//! Remove a product

use runtime::{Condition, Context, Failure, Parts, Problem, Reply, Request, Written};

use crate::model::{Product, ProductId};
use crate::tables::{ProductKey, Tables};
use super::Operations;

/// What `deleteProduct` takes.
///
/// - **Source** `spec/product/openapi.yaml#/paths/~1product~1{id}/delete`
#[derive(Debug, Clone, PartialEq)]
pub struct DeleteProductInput {
    /// The id of the product.
    ///
    /// - **Shape** path parameter `id`
    /// - **Source** `spec/product/openapi.yaml#/paths/~1product~1{id}/parameters/0`
    pub id: ProductId,
}

impl DeleteProductInput {
    /// With what the contract requires, and nothing else.
    pub fn new(id: ProductId) -> Self {
        Self { id }
    }
}

/// The product is gone.
///
/// - **Status** `204`
/// - **Source** `spec/product/openapi.yaml#/paths/~1product~1{id}/delete/responses/204`
pub type DeleteProductOutput = ();

/// How `deleteProduct` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum DeleteProductError {
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

impl<E: Into<Failure>> From<E> for DeleteProductError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<DeleteProductInput, Problem> {
    let mut parts = Parts::of(request);
    let id = parts.path("id").required();
    parts.finish(&[400], || Some(DeleteProductInput { id: id? }))
}

fn reply((): DeleteProductOutput) -> Reply {
    Reply::empty(204)
}

impl From<DeleteProductError> for Reply {
    fn from(error: DeleteProductError) -> Self {
        match error {
            DeleteProductError::BadRequest(answer) => {
                Reply::problem(answer.with_status(400))
            }
            DeleteProductError::NotFound(answer) => {
                Reply::problem(answer.with_status(404))
            }
            DeleteProductError::Unexpected(failure) => Reply::failed(failure),
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
            match operations.delete_product(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}

/// The body that the contract binds the operation to.
///
/// - **Source** `spec/product/openapi.yaml#/paths/~1product~1{id}/delete/x-dynamodb`
pub(super) async fn run(
    tables: &Tables,
    input: DeleteProductInput,
) -> Result<DeleteProductOutput, DeleteProductError> {
    let key = ProductKey { id: input.id };
    let condition = Condition::item_exists::<Product>();
    match tables.product.delete_if(&key, condition).await {
        Ok(Written::Done) => Ok(()),
        Ok(Written::Refused(_)) => {
            Err(
                DeleteProductError::NotFound(
                    Problem::new(404, "There is no such product."),
                ),
            )
        }
        Err(error) => Err(error.into()),
    }
}
