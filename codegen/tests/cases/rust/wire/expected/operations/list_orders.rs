// @generated from the contracts in spec/; edits are overwritten.

//! `listOrders`: `GET /orders`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1orders/get`

use runtime::{Failure, Operation, Parts, Reply};

use crate::model::Order;

/// The input of `listOrders`.
#[derive(Debug, Clone, PartialEq)]
pub struct ListOrdersInput {
    /// The query parameter `page`.
    ///
    /// - **Default** `4`
    pub page: i32,
    /// The query parameter `size`.
    ///
    /// - **Default** `20`
    pub size: i32,
}

impl Default for ListOrdersInput {
    fn default() -> Self {
        Self {
            page: runtime::preset("4"),
            size: runtime::preset("20"),
        }
    }
}

/// The orders, or what went wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct ListOrdersDefault {
    /// The status code, in the range that the contract declares.
    pub status: u16,
    /// The body.
    pub body: Order,
}

impl ListOrdersDefault {
    /// Creates a value from its required fields.
    pub fn new(status: u16, body: Order) -> Self {
        Self { status, body }
    }
}

/// The orders, or what went wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct ListOrdersOutput {
    /// The status code, in the range that the contract declares.
    pub status: u16,
    /// The body.
    pub body: Order,
}

impl ListOrdersOutput {
    /// Creates a value from its required fields.
    pub fn new(status: u16, body: Order) -> Self {
        Self { status, body }
    }
}

/// The error responses of `listOrders`.
#[derive(Debug)]
pub enum ListOrdersError {
    /// `default`: The orders, or what went wrong.
    Default(ListOrdersDefault),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ListOrdersError, Default = answer);

impl From<ListOrdersDefault> for Reply {
    fn from(answer: ListOrdersDefault) -> Self {
        Reply::json(answer.status, "application/json", &answer.body)
    }
}

impl Operation for ListOrdersInput {
    type Output = ListOrdersOutput;
    type Error = ListOrdersError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let page = parts.query("page").required();
        let size = parts.query("size").or("20");
        Some(Self { page: page?, size: size? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(answer.status, "application/json", &answer.body)
    }
}
