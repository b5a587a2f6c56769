// @generated from the contracts in spec/; edits are overwritten.

//! `cancelOrder`: `DELETE /order/{id}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1order~1{id}/delete`

use runtime::{Access, Failure, Operation, Parts, Problem, Reply, Requirement};

use crate::model::GetOrderId;

/// The input of `cancelOrder`.
#[derive(Debug, Clone, PartialEq)]
pub struct CancelOrderInput {
    /// The path parameter `id`.
    pub id: GetOrderId,
}

impl CancelOrderInput {
    /// Creates a value from its required fields.
    pub fn new(id: GetOrderId) -> Self {
        Self { id }
    }
}

/// It is gone.
pub type CancelOrderOutput = ();

/// The error responses of `cancelOrder`.
#[derive(Debug)]
pub enum CancelOrderError {
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The credentials do not allow this request.
    Forbidden(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(CancelOrderError, Unauthorized = problem(401), Forbidden = problem(403));

impl Operation for CancelOrderInput {
    type Output = CancelOrderOutput;
    type Error = CancelOrderError;
    const ACCESS: &'static Access = &[
        &[
            Requirement::token("login", &["orders.write"]),
            Requirement::api_key("key", &[]),
        ],
    ];
    const CHALLENGE: &'static str = "Bearer";

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let id = parts.path("id").required();
        Some(Self { id: id? })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
