// @generated from the contracts in spec/; edits are overwritten.

//! `getOrder`: `GET /order/{id}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1order~1{id}/get`

use runtime::{Access, Failure, Operation, Parts, Problem, Reply, Requirement};

use crate::model::GetOrderId;

/// The input of `getOrder`.
#[derive(Debug, Clone, PartialEq)]
pub struct GetOrderInput {
    /// The path parameter `id`.
    pub id: GetOrderId,
}

impl GetOrderInput {
    /// Creates a value from its required fields.
    pub fn new(id: GetOrderId) -> Self {
        Self { id }
    }
}

/// It is there.
pub type GetOrderOutput = ();

/// The error responses of `getOrder`.
#[derive(Debug)]
pub enum GetOrderError {
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The credentials do not allow this request.
    Forbidden(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(GetOrderError, Unauthorized = problem(401), Forbidden = problem(403));

impl Operation for GetOrderInput {
    type Output = GetOrderOutput;
    type Error = GetOrderError;
    const ACCESS: &'static Access = &[
        &[Requirement::token("login", &[])],
        &[Requirement::api_key("key", &[])],
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
