// @generated from the contracts in spec/; edits are overwritten.

//! `listOrders`: `GET /order`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1order/get`

use runtime::{Access, Failure, Operation, Parts, Problem, Reply, Requirement};

/// The input of `listOrders`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListOrdersInput {}

/// Nothing to read.
pub type ListOrdersOutput = ();

/// The error responses of `listOrders`.
#[derive(Debug)]
pub enum ListOrdersError {
    /// `403`: The caller may not.
    Forbidden(Problem),
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ListOrdersError, Forbidden = problem(403), Unauthorized = problem(401));

impl Operation for ListOrdersInput {
    type Output = ListOrdersOutput;
    type Error = ListOrdersError;
    const ACCESS: &'static Access = &[
        &[Requirement::token("login", &["orders.read", "orders.all"])],
    ];
    const CHALLENGE: &'static str = "Bearer";

    fn read(_: &mut Parts<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
