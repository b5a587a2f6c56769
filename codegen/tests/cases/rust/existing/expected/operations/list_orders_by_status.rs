// @generated from the contracts in spec/; edits are overwritten.

//! `listOrdersByStatus`: `GET /customers/{customerId}/orders/of-status`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1of-status/get`

use runtime::{Decimal, Failure, Operation, Parts, Problem, Query, Reply, TableError};

use crate::model::{
    ListOrdersByStatusCustomerId, ListOrdersByStatusLimit, OrdersBody, Status,
};
use crate::tables::{OrderIndexes, Tables};

/// The input of `listOrdersByStatus`.
#[derive(Debug, Clone, PartialEq)]
pub struct ListOrdersByStatusInput {
    /// The path parameter `customerId`.
    pub customer_id: ListOrdersByStatusCustomerId,
    /// The query parameter `status`.
    pub status: Status,
    /// The query parameter `least`.
    pub least: Option<Decimal>,
    /// The query parameter `most`.
    pub most: Option<Decimal>,
    /// The query parameter `limit`.
    ///
    /// - **Default** `20`
    pub limit: ListOrdersByStatusLimit,
    /// The query parameter `next`.
    pub next: Option<String>,
}

impl ListOrdersByStatusInput {
    /// Creates a value from its required fields.
    pub fn new(customer_id: ListOrdersByStatusCustomerId, status: Status) -> Self {
        Self {
            customer_id,
            status,
            least: Default::default(),
            most: Default::default(),
            limit: runtime::preset("20"),
            next: Default::default(),
        }
    }
}

/// The orders.
pub type ListOrdersByStatusOutput = OrdersBody;

/// The error responses of `listOrdersByStatus`.
#[derive(Debug)]
pub enum ListOrdersByStatusError {
    /// `400`: It did not work.
    BadRequest(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ListOrdersByStatusError, BadRequest = problem(400));

impl Operation for ListOrdersByStatusInput {
    type Output = ListOrdersByStatusOutput;
    type Error = ListOrdersByStatusError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let customer_id = parts.path("customerId").required();
        let status = parts.query("status").required();
        let least = parts.query("least").optional();
        let most = parts.query("most").optional();
        let limit = parts.query("limit").or("20");
        let next = parts.query("next").optional();
        Some(Self {
            customer_id: customer_id?,
            status: status?,
            least: least?,
            most: most?,
            limit: limit?,
            next: next?,
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: ListOrdersByStatusInput,
) -> Result<ListOrdersByStatusOutput, ListOrdersByStatusError> {
    if let Some(problem) = runtime::unstorable(
        &[("/query/least", &input.least), ("/query/most", &input.most)],
    ) {
        return Err(ListOrdersByStatusError::BadRequest(problem.with_status(400)));
    }
    let query = Query::partition(&input.customer_id)
        .index(OrderIndexes::BY_STATUS)
        .further(&input.status)
        .descending()
        .sort_within(input.least.as_ref(), input.most.as_ref())
        .limit(input.limit.get())
        .after(input.next.as_ref().map(runtime::to_text));
    match tables.order.page(query).await {
        Ok(page) => {
            Ok(OrdersBody {
                orders: page.items,
                next: page.next,
            })
        }
        Err(TableError::BadToken) => {
            Err(
                ListOrdersByStatusError::BadRequest(
                    Problem::bad_page_token("/query/next"),
                ),
            )
        }
        Err(error) => Err(error.into()),
    }
}
