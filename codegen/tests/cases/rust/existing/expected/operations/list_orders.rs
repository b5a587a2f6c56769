// @generated from the contracts in spec/; edits are overwritten.

//! `listOrders`: `GET /customers/{customerId}/orders`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders/get`

use runtime::{Failure, Operation, Parts, Problem, Query, Reply, TableError};

use crate::model::{ListOrdersCustomerId, ListOrdersLimit, OrdersBody};
use crate::tables::Tables;

/// What `listOrders` takes.
#[derive(Debug, Clone, PartialEq)]
pub struct ListOrdersInput {
    /// `customerId` in the path.
    pub customer_id: ListOrdersCustomerId,
    /// `from` in the query.
    pub from: Option<String>,
    /// `to` in the query.
    pub to: Option<String>,
    /// `limit` in the query.
    ///
    /// - **Default** `20`
    pub limit: ListOrdersLimit,
    /// `next` in the query.
    pub next: Option<String>,
}

impl ListOrdersInput {
    /// With what the contract requires, and nothing else.
    pub fn new(customer_id: ListOrdersCustomerId) -> Self {
        Self {
            customer_id,
            from: Default::default(),
            to: Default::default(),
            limit: runtime::preset("20"),
            next: Default::default(),
        }
    }
}

/// The orders.
pub type ListOrdersOutput = OrdersBody;

/// How `listOrders` fails.
#[derive(Debug)]
pub enum ListOrdersError {
    /// `400`: It did not work.
    BadRequest(Problem),
    /// Anything else, by `?`: the client gets an opaque `500`, the log the failure.
    Unexpected(Failure),
}

runtime::error_type!(ListOrdersError, BadRequest = problem(400));

impl Operation for ListOrdersInput {
    type Output = ListOrdersOutput;
    type Error = ListOrdersError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let customer_id = parts.path("customerId").required();
        let from = parts.query("from").optional();
        let to = parts.query("to").optional();
        let limit = parts.query("limit").or("20");
        let next = parts.query("next").optional();
        Some(Self {
            customer_id: customer_id?,
            from: from?,
            to: to?,
            limit: limit?,
            next: next?,
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// What the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: ListOrdersInput,
) -> Result<ListOrdersOutput, ListOrdersError> {
    let query = Query::partition(&input.customer_id).descending();
    let query = match (&input.from, &input.to) {
        (Some(from), Some(to)) => query.sort_between(from, to),
        (Some(from), None) => query.sort_at_least(from),
        (None, Some(to)) => query.sort_at_most(to),
        (None, None) => query,
    };
    let query = query.limit(input.limit.get());
    let query = query.after(input.next.as_ref().map(runtime::to_text));
    match tables.order.page(query).await {
        Ok(page) => {
            Ok(OrdersBody {
                orders: page.items,
                next: page.next,
            })
        }
        Err(TableError::BadToken) => {
            Err(
                ListOrdersError::BadRequest(
                    Problem::violation(
                        "/query/next",
                        "found a text that no page before gave out",
                    ),
                ),
            )
        }
        Err(error) => Err(error.into()),
    }
}
