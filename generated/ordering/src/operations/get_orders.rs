// @generated from the contracts in spec/; edits are overwritten.

//! `getOrders`: `GET /order/{userName}`.
//!
//! Read a customer's orders
//!
//! All orders of the customer by time, or the one of the given time.

use runtime::{Context, Failure, Parts, Problem, Query, Reply, Request, TableError};

use crate::model::{Limit, Next, OrderDate, OrderPage, UserName};
use crate::tables::Tables;
use super::Operations;

/// What `getOrders` takes.
///
/// - **Source** `spec/ordering/openapi.yaml#/paths/~1order~1{userName}/get`
#[derive(Debug, Clone, PartialEq)]
pub struct GetOrdersInput {
    /// The customer whose orders they are.
    ///
    /// - **Shape** path parameter `userName`
    /// - **Source** `spec/ordering/openapi.yaml#/paths/~1order~1{userName}/get/parameters/0`
    pub user_name: UserName,
    /// Only the order of this time.
    ///
    /// - **Shape** query parameter `orderDate`
    /// - **Source** `spec/ordering/openapi.yaml#/paths/~1order~1{userName}/get/parameters/1`
    pub order_date: Option<OrderDate>,
    /// How many items a page holds at most.
    ///
    /// - **Shape** query parameter `limit`
    /// - **Default** `25`
    /// - **Source** `spec/ordering/openapi.yaml#/components/parameters/Limit`
    pub limit: Limit,
    /// The `next` of the page before; left out for the first page.
    ///
    /// - **Shape** query parameter `next`
    /// - **Source** `spec/ordering/openapi.yaml#/components/parameters/Next`
    pub next: Option<Next>,
}

impl GetOrdersInput {
    /// With what the contract requires, and nothing else.
    pub fn new(user_name: UserName) -> Self {
        Self {
            user_name,
            order_date: Default::default(),
            limit: runtime::preset("25"),
            next: Default::default(),
        }
    }
}

/// A page of the customer's orders; empty when there is none.
///
/// - **Status** `200`
/// - **Source** `spec/ordering/openapi.yaml#/paths/~1order~1{userName}/get/responses/200`
pub type GetOrdersOutput = OrderPage;

/// How `getOrders` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum GetOrdersError {
    /// The request violates the contract; every violation is listed.
    ///
    /// - **Status** `400`
    /// - **Source** `spec/ordering/openapi.yaml#/components/responses/BadRequest`
    BadRequest(Problem),
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for GetOrdersError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<GetOrdersInput, Problem> {
    let mut parts = Parts::of(request);
    let user_name = parts.path("userName").required();
    let order_date = parts.query("orderDate").optional();
    let limit = parts.query("limit").or("25");
    let next = parts.query("next").optional();
    parts
        .finish(
            &[400],
            || Some(GetOrdersInput {
                user_name: user_name?,
                order_date: order_date?,
                limit: limit?,
                next: next?,
            }),
        )
}

fn reply(answer: GetOrdersOutput) -> Reply {
    Reply::json(200, "application/json", &answer)
}

impl From<GetOrdersError> for Reply {
    fn from(error: GetOrdersError) -> Self {
        match error {
            GetOrdersError::BadRequest(answer) => Reply::problem(answer.with_status(400)),
            GetOrdersError::Unexpected(failure) => Reply::failed(failure),
        }
    }
}

/// Answers a request.
pub(crate) async fn handle<O: Operations>(
    operations: &O,
    cx: &Context,
    request: &Request,
) -> Reply {
    match read(request) {
        Ok(input) => {
            match operations.get_orders(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}

/// The body that the contract binds the operation to.
///
/// - **Source** `spec/ordering/openapi.yaml#/paths/~1order~1{userName}/get/x-dynamodb`
pub(super) async fn run(
    tables: &Tables,
    input: GetOrdersInput,
) -> Result<GetOrdersOutput, GetOrdersError> {
    let query = Query::partition(&input.user_name).consistent();
    let query = match &input.order_date {
        Some(order_date) => query.sort(order_date),
        None => query,
    };
    let query = query.limit(input.limit.get());
    let query = query.after(input.next.as_ref().map(runtime::to_text));
    match tables.order.page(query).await {
        Ok(page) => {
            Ok(OrderPage {
                items: page.items,
                next: match page.next {
                    Some(next) => Some(runtime::rules::decode_value("next", &next)?),
                    None => None,
                },
            })
        }
        Err(TableError::BadToken) => {
            Err(
                GetOrdersError::BadRequest(
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
