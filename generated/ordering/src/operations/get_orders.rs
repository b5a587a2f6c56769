// @generated from the contracts in spec/; edits are overwritten.

//! `getOrders`: `GET /order/{userName}`.
//!
//! - **Source** `spec/ordering/openapi.yaml#/paths/~1order~1{userName}/get`

use runtime::{
    Access, Failure, Operation, Owned, Parts, Problem, Query, Reply, Requirement,
    TableError,
};

use crate::model::{Limit, Next, OrderDate, OrderPage, UserName};
use crate::tables::Tables;

/// The input of `getOrders`.
#[derive(Debug, Clone, PartialEq)]
pub struct GetOrdersInput {
    /// The customer whose orders they are.
    pub user_name: UserName,
    /// Only the order of this time.
    pub order_date: Option<OrderDate>,
    /// How many items a page holds at most.
    ///
    /// - **Default** `25`
    pub limit: Limit,
    /// The `next` of the page before; left out for the first page.
    pub next: Option<Next>,
}

impl GetOrdersInput {
    /// Creates a value from its required fields.
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
pub type GetOrdersOutput = OrderPage;

/// The error responses of `getOrders`.
#[derive(Debug)]
pub enum GetOrdersError {
    /// `400`: The request violates the contract; every violation is listed.
    BadRequest(Problem),
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The item belongs to another customer, or the credentials lack the scope for it.
    Forbidden(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    GetOrdersError,
    BadRequest = problem(400),
    Unauthorized = problem(401),
    Forbidden = problem(403)
);

impl Operation for GetOrdersInput {
    type Output = GetOrdersOutput;
    type Error = GetOrdersError;
    const ACCESS: &'static Access = &[&[Requirement::token("login", &[])]];
    const CHALLENGE: &'static str = "Bearer";

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let user_name = parts.path("userName").required();
        let order_date = parts.query("orderDate").optional();
        let limit = parts.query("limit").or("25");
        let next = parts.query("next").optional();
        Some(Self {
            user_name: user_name?,
            order_date: order_date?,
            limit: limit?,
            next: next?,
        })
    }

    fn owner(&self) -> Option<Owned> {
        Some(Owned {
            claim: "sub",
            unless: Some("orders.all"),
            owner: Some(runtime::to_text(&self.user_name)),
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: GetOrdersInput,
) -> Result<GetOrdersOutput, GetOrdersError> {
    let query = Query::partition(&input.user_name)
        .consistent()
        .maybe(input.order_date.as_ref(), |query, order_date| query.sort(order_date))
        .limit(input.limit.get())
        .after(input.next.as_ref().map(runtime::to_text));
    match tables.order.page(query).await {
        Ok(page) => {
            Ok(OrderPage {
                items: page.items,
                next: runtime::rules::page_token(page.next)?,
                others: Default::default(),
            })
        }
        Err(TableError::BadToken) => {
            Err(GetOrdersError::BadRequest(Problem::bad_page_token("/query/next")))
        }
        Err(error) => Err(error.into()),
    }
}
