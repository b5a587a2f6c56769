// @generated from the contracts in spec/; edits are overwritten.

//! `listOrdersOfStatus`: `GET /orders`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1orders/get`

use runtime::{Failure, Operation, Parts, Problem, Query, Reply};

use crate::model::{Order, Status};
use crate::tables::{OrderIndexes, Tables};

/// What `listOrdersOfStatus` takes.
#[derive(Debug, Clone, PartialEq)]
pub struct ListOrdersOfStatusInput {
    /// `status` in the query.
    pub status: Status,
}

impl ListOrdersOfStatusInput {
    /// With what the contract requires, and nothing else.
    pub fn new(status: Status) -> Self {
        Self { status }
    }
}

/// The orders.
pub type ListOrdersOfStatusOutput = Vec<Order>;

/// How `listOrdersOfStatus` fails.
#[derive(Debug)]
pub enum ListOrdersOfStatusError {
    /// `400`: It did not work.
    BadRequest(Problem),
    /// Anything else, by `?`: the client gets an opaque `500`, the log the failure.
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

/// What the contract binds the operation to.
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
