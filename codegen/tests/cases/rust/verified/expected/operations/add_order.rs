// @generated from the contracts in spec/; edits are overwritten.

//! `addOrder`: `POST /orders`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1orders/post`

use runtime::{Access, Failure, Operation, Parts, Problem, Reply, Requirement};

/// The input of `addOrder`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AddOrderInput {}

/// Fine.
pub type AddOrderOutput = ();

/// The error responses of `addOrder`.
#[derive(Debug)]
pub enum AddOrderError {
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The credentials do not allow this request.
    Forbidden(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(AddOrderError, Unauthorized = problem(401), Forbidden = problem(403));

impl Operation for AddOrderInput {
    type Output = AddOrderOutput;
    type Error = AddOrderError;
    const ACCESS: &'static Access = &[
        &[Requirement::api_key("app", &[]), Requirement::own("till", &[])],
    ];

    fn read(_: &mut Parts<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
