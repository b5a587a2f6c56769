// @generated from the contracts in spec/; edits are overwritten.

//! `getCustomer`: `GET /customers/{id}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1customers~1{id}/get`

use runtime::{Failure, Operation, Parts, Problem, Reply};

use crate::model::{Customer, GetCustomerId};
use crate::tables::{CustomerKey, Tables};

/// The input of `getCustomer`.
#[derive(Debug, Clone, PartialEq)]
pub struct GetCustomerInput {
    /// The path parameter `id`.
    pub id: GetCustomerId,
}

impl GetCustomerInput {
    /// Creates a value from its required fields.
    pub fn new(id: GetCustomerId) -> Self {
        Self { id }
    }
}

/// The customer.
pub type GetCustomerOutput = Customer;

/// The error responses of `getCustomer`.
#[derive(Debug)]
pub enum GetCustomerError {
    /// `404`: It did not work.
    NotFound(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(GetCustomerError, NotFound = problem(404));

impl Operation for GetCustomerInput {
    type Output = GetCustomerOutput;
    type Error = GetCustomerError;

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
    input: GetCustomerInput,
) -> Result<GetCustomerOutput, GetCustomerError> {
    let key = CustomerKey {
        id: runtime::rules::decode_value("id", &runtime::to_text(&input.id))?,
    };
    match tables.customer.get(&key).await {
        Ok(Some(item)) => Ok(item),
        Ok(None) => {
            Err(GetCustomerError::NotFound(Problem::new(404, "It did not work.")))
        }
        Err(error) => Err(error.into()),
    }
}
