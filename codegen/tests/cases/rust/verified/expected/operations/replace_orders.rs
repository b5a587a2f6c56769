// @generated from the contracts in spec/; edits are overwritten.

//! `replaceOrders`: `PUT /orders`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1orders/put`

use runtime::{Access, Failure, Operation, Parts, Problem, Reply, Requirement};

/// The input of `replaceOrders`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReplaceOrdersInput {}

/// Fine.
pub type ReplaceOrdersOutput = ();

/// The error responses of `replaceOrders`.
#[derive(Debug)]
pub enum ReplaceOrdersError {
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The credentials do not allow this request.
    Forbidden(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ReplaceOrdersError, Unauthorized = problem(401), Forbidden = problem(403));

impl Operation for ReplaceOrdersInput {
    type Output = ReplaceOrdersOutput;
    type Error = ReplaceOrdersError;
    const ACCESS: &'static Access = &[
        &[Requirement::own("partnerBank", &[]), Requirement::token("staff", &[])],
    ];
    const CHALLENGE: &'static str = "Basic realm=\"shop\", charset=\"UTF-8\"";

    fn read(_: &mut Parts<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
