// @generated from the contracts in spec/; edits are overwritten.

//! `deleteProduct`: `DELETE /product/{id}`.
//!
//! - **Source** `spec/product/openapi.yaml#/paths/~1product~1{id}/delete`

use runtime::{
    Access, Condition, Failure, Operation, Parts, Preconditions, Problem, Reply,
    Requirement, Written,
};

use crate::model::ProductId;
use crate::tables::{ProductKey, Tables};

/// The input of `deleteProduct`.
#[derive(Debug, Clone, PartialEq)]
pub struct DeleteProductInput {
    /// The id of the product.
    pub id: ProductId,
}

impl DeleteProductInput {
    /// Creates a value from its required fields.
    pub fn new(id: ProductId) -> Self {
        Self { id }
    }
}

/// The product is gone.
pub type DeleteProductOutput = ();

/// The error responses of `deleteProduct`.
#[derive(Debug)]
pub enum DeleteProductError {
    /// `400`: The request violates the contract; every violation is listed.
    BadRequest(Problem),
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The credentials lack the scope for it.
    Forbidden(Problem),
    /// `404`: There is no such product.
    NotFound(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    DeleteProductError,
    BadRequest = problem(400),
    Unauthorized = problem(401),
    Forbidden = problem(403),
    NotFound = problem(404)
);

impl Operation for DeleteProductInput {
    type Output = DeleteProductOutput;
    type Error = DeleteProductError;
    const ACCESS: &'static Access = &[
        &[Requirement::token("login", &["catalogue.write"])],
    ];
    const CHALLENGE: &'static str = "Bearer";
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Change {
        versioned: false,
    });

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let id = parts.path("id").required();
        Some(Self { id: id? })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: DeleteProductInput,
) -> Result<DeleteProductOutput, DeleteProductError> {
    let key = ProductKey { id: input.id };
    let condition = Condition::item_exists();
    match tables.product.delete_if(&key, condition).await {
        Ok(Written::Done) => Ok(()),
        Ok(Written::Refused(_)) => {
            let problem = Problem::new(404, "There is no such product.");
            Err(DeleteProductError::NotFound(problem))
        }
        Err(error) => Err(error.into()),
    }
}
