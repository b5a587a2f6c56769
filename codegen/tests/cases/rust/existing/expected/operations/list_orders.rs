// @generated from the contracts in spec/; edits are overwritten.

//! `listOrders`: `GET /customers/{customerId}/orders`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders/get`

use runtime::{Failure, Operation, Parts, Problem, Query, Reply, TableError};

use crate::model::{ListOrdersCustomerId, ListOrdersLimit, OrdersBody};
use crate::tables::Tables;

/// The input of `listOrders`.
#[derive(Debug, Clone, PartialEq)]
pub struct ListOrdersInput {
    /// The path parameter `customerId`.
    pub customer_id: ListOrdersCustomerId,
    /// The query parameter `from`.
    pub from: Option<String>,
    /// The query parameter `to`.
    pub to: Option<String>,
    /// The query parameter `limit`.
    ///
    /// - **Default** `20`
    pub limit: ListOrdersLimit,
    /// The query parameter `next`.
    pub next: Option<String>,
}

impl ListOrdersInput {
    /// Creates a value from its required fields.
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

/// The error responses of `listOrders`.
#[derive(Debug)]
pub enum ListOrdersError {
    /// `400`: It did not work.
    BadRequest(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
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

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: ListOrdersInput,
) -> Result<ListOrdersOutput, ListOrdersError> {
    let query = Query::partition(&input.customer_id)
        .descending()
        .sort_within(input.from.as_ref(), input.to.as_ref())
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
            Err(ListOrdersError::BadRequest(Problem::bad_page_token("/query/next")))
        }
        Err(error) => Err(error.into()),
    }
}
