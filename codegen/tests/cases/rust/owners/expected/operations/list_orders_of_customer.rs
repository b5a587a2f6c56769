// @generated from the contracts in spec/; edits are overwritten.

//! `listOrdersOfCustomer`: `GET /order/{customer}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1order~1{customer}/get`

use runtime::{
    Access, Failure, Operation, Owned, Parts, Problem, Query, Reply, Requirement,
    TableError,
};

use crate::model::{Customer, ListOrdersOfCustomerLimit, ListOrdersOfCustomerNext, Page};
use crate::tables::Tables;

/// The input of `listOrdersOfCustomer`.
#[derive(Debug, Clone, PartialEq)]
pub struct ListOrdersOfCustomerInput {
    /// The path parameter `customer`.
    pub customer: Customer,
    /// The query parameter `limit`.
    ///
    /// - **Default** `25`
    pub limit: ListOrdersOfCustomerLimit,
    /// The query parameter `next`.
    pub next: Option<ListOrdersOfCustomerNext>,
}

impl ListOrdersOfCustomerInput {
    /// Creates a value from its required fields.
    pub fn new(customer: Customer) -> Self {
        Self {
            customer,
            limit: runtime::preset("25"),
            next: Default::default(),
        }
    }
}

/// The customer's orders.
pub type ListOrdersOfCustomerOutput = Page;

/// The error responses of `listOrdersOfCustomer`.
#[derive(Debug)]
pub enum ListOrdersOfCustomerError {
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The credentials do not allow this request.
    Forbidden(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    ListOrdersOfCustomerError,
    Unauthorized = problem(401),
    Forbidden = problem(403)
);

impl Operation for ListOrdersOfCustomerInput {
    type Output = ListOrdersOfCustomerOutput;
    type Error = ListOrdersOfCustomerError;
    const ACCESS: &'static Access = &[&[Requirement::token("login", &[])]];
    const CHALLENGE: &'static str = "Bearer";

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let customer = parts.path("customer").required();
        let limit = parts.query("limit").or("25");
        let next = parts.query("next").optional();
        Some(Self {
            customer: customer?,
            limit: limit?,
            next: next?,
        })
    }

    fn owner(&self) -> Option<Owned> {
        Some(Owned {
            claim: "sub",
            unless: Some("orders.all"),
            owner: Some(runtime::to_text(&self.customer)),
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: ListOrdersOfCustomerInput,
) -> Result<ListOrdersOfCustomerOutput, ListOrdersOfCustomerError> {
    let query = Query::partition(&input.customer)
        .limit(input.limit.get())
        .after(input.next.as_ref().map(runtime::to_text));
    match tables.order.page(query).await {
        Ok(page) => {
            Ok(Page {
                items: page.items,
                next: runtime::rules::page_token(page.next)?,
                others: Default::default(),
            })
        }
        Err(TableError::BadToken) => {
            Err(Failure::refused(Problem::bad_page_token("/query/next")).into())
        }
        Err(error) => Err(error.into()),
    }
}
