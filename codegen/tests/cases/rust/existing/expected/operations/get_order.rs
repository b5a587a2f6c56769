// @generated from the contracts in spec/; edits are overwritten.

//! `getOrder`: `GET /customers/{customerId}/orders/{number}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1{number}/get`

use runtime::{Failure, Operation, Parts, Problem, Reply};

use crate::model::{GetOrderCustomerId, GetOrderNumber, Order};
use crate::tables::{OrderKey, Tables};

/// The input of `getOrder`.
#[derive(Debug, Clone, PartialEq)]
pub struct GetOrderInput {
    /// The path parameter `customerId`.
    pub customer_id: GetOrderCustomerId,
    /// The path parameter `number`.
    pub number: GetOrderNumber,
}

impl GetOrderInput {
    /// Creates a value from its required fields.
    pub fn new(customer_id: GetOrderCustomerId, number: GetOrderNumber) -> Self {
        Self { customer_id, number }
    }
}

/// The order.
pub type GetOrderOutput = Order;

/// The error responses of `getOrder`.
#[derive(Debug)]
pub enum GetOrderError {
    /// `404`: It did not work.
    NotFound(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(GetOrderError, NotFound = problem(404));

impl Operation for GetOrderInput {
    type Output = GetOrderOutput;
    type Error = GetOrderError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let customer_id = parts.path("customerId").required();
        let number = parts.path("number").required();
        Some(Self {
            customer_id: customer_id?,
            number: number?,
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: GetOrderInput,
) -> Result<GetOrderOutput, GetOrderError> {
    let key = OrderKey {
        customer_id: runtime::rules::decode_value(
            "customerId",
            &runtime::to_text(&input.customer_id),
        )?,
        number: runtime::rules::decode_value("number", &runtime::to_text(&input.number))?,
    };
    match tables.order.get(&key).await {
        Ok(Some(item)) => Ok(item),
        Ok(None) => Err(GetOrderError::NotFound(Problem::new(404, "It did not work."))),
        Err(error) => Err(error.into()),
    }
}
