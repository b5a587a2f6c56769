// @generated from the contracts in spec/; edits are overwritten.

//! `listOrdersOfStatus`: `GET /orders`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1orders/get`

use runtime::{Failure, Operation, Parts, Problem, Query, Reply};

use crate::model::{Order, Status};
use crate::tables::{OrderIndexes, Tables};

/// The input of `listOrdersOfStatus`.
#[derive(Debug, Clone, PartialEq)]
pub struct ListOrdersOfStatusInput {
    /// The query parameter `status`.
    pub status: Status,
}

impl ListOrdersOfStatusInput {
    /// Creates a value from its required fields.
    pub fn new(status: Status) -> Self {
        Self { status }
    }
}

/// The orders.
pub type ListOrdersOfStatusOutput = Vec<Order>;

/// The error responses of `listOrdersOfStatus`.
#[derive(Debug)]
pub enum ListOrdersOfStatusError {
    /// `400`: It did not work.
    BadRequest(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ListOrdersOfStatusError, BadRequest = problem(400));

impl Operation for ListOrdersOfStatusInput {
    type Output = ListOrdersOfStatusOutput;
    type Error = ListOrdersOfStatusError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let status = parts.query("status").required();
        Some(Self { status: status? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: ListOrdersOfStatusInput,
) -> Result<ListOrdersOfStatusOutput, ListOrdersOfStatusError> {
    let query = Query::partition(&input.status).index(OrderIndexes::GSI1);
    match tables.order.all(query).await {
        Ok(items) => Ok(items),
        Err(error) => Err(error.into()),
    }
}
