// @generated from the contracts in spec/; edits are overwritten.

//! `getProduct`: `GET /product/{id}`.
//!
//! - **Source** `spec/product/openapi.yaml#/paths/~1product~1{id}/get`

use runtime::{Failure, Operation, Parts, Problem, Reply};

use crate::model::{Product, ProductId};
use crate::tables::{ProductKey, Tables};

/// The input of `getProduct`.
#[derive(Debug, Clone, PartialEq)]
pub struct GetProductInput {
    /// The id of the product.
    pub id: ProductId,
}

impl GetProductInput {
    /// Creates a value from its required fields.
    pub fn new(id: ProductId) -> Self {
        Self { id }
    }
}

/// The product.
pub type GetProductOutput = Product;

/// The error responses of `getProduct`.
#[derive(Debug)]
pub enum GetProductError {
    /// `400`: The request violates the contract; every violation is listed.
    BadRequest(Problem),
    /// `404`: There is no such product.
    NotFound(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(GetProductError, BadRequest = problem(400), NotFound = problem(404));

impl Operation for GetProductInput {
    type Output = GetProductOutput;
    type Error = GetProductError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let id = parts.path("id").required();
        Some(Self { id: id? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: GetProductInput,
) -> Result<GetProductOutput, GetProductError> {
    let key = ProductKey { id: input.id };
    match tables.product.get(&key).await {
        Ok(Some(item)) => Ok(item),
        Ok(None) => {
            let problem = Problem::new(404, "There is no such product.");
            Err(GetProductError::NotFound(problem))
        }
        Err(error) => Err(error.into()),
    }
}
