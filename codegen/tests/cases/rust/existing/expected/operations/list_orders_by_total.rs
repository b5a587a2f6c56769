// @generated from the contracts in spec/; edits are overwritten.

//! `listOrdersByTotal`: `GET /customers/{customerId}/orders/by-total`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1by-total/get`

use runtime::{Failure, Operation, Parts, Query, Reply};

use crate::model::{ListOrdersByTotalCustomerId, Order};
use crate::tables::{OrderIndexes, Tables};

/// The input of `listOrdersByTotal`.
#[derive(Debug, Clone, PartialEq)]
pub struct ListOrdersByTotalInput {
    /// The path parameter `customerId`.
    pub customer_id: ListOrdersByTotalCustomerId,
}

impl ListOrdersByTotalInput {
    /// Creates a value from its required fields.
    pub fn new(customer_id: ListOrdersByTotalCustomerId) -> Self {
        Self { customer_id }
    }
}

/// The orders.
pub type ListOrdersByTotalOutput = Vec<Order>;

/// The error responses of `listOrdersByTotal`.
#[derive(Debug)]
pub enum ListOrdersByTotalError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ListOrdersByTotalError);

impl Operation for ListOrdersByTotalInput {
    type Output = ListOrdersByTotalOutput;
    type Error = ListOrdersByTotalError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let customer_id = parts.path("customerId").required();
        Some(Self { customer_id: customer_id? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: ListOrdersByTotalInput,
) -> Result<ListOrdersByTotalOutput, ListOrdersByTotalError> {
    let query = Query::partition(&input.customer_id)
        .index(OrderIndexes::BY_TOTAL)
        .descending();
    match tables.order.all(query).await {
        Ok(items) => Ok(items),
        Err(error) => Err(error.into()),
    }
}
