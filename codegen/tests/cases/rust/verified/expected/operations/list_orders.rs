// @generated from the contracts in spec/; edits are overwritten.

//! `listOrders`: `GET /orders`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1orders/get`

use runtime::{Access, Failure, Operation, Parts, Problem, Reply, Requirement};

/// The input of `listOrders`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListOrdersInput {}

/// Fine.
pub type ListOrdersOutput = ();

/// The error responses of `listOrders`.
#[derive(Debug)]
pub enum ListOrdersError {
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The credentials do not allow this request.
    Forbidden(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ListOrdersError, Unauthorized = problem(401), Forbidden = problem(403));

impl Operation for ListOrdersInput {
    type Output = ListOrdersOutput;
    type Error = ListOrdersError;
    const ACCESS: &'static Access = &[
        &[Requirement::token("staff", &[])],
        &[Requirement::token("partner", &[])],
    ];
    const CHALLENGE: &'static str = "Basic realm=\"shop\", charset=\"UTF-8\"";

    fn read(_: &mut Parts<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
