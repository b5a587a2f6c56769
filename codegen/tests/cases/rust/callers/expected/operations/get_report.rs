// @generated from the contracts in spec/; edits are overwritten.

//! `getReport`: `GET /report`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1report/get`

use runtime::{Access, Failure, Operation, Parts, Problem, Reply, Requirement};

/// The input of `getReport`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetReportInput {}

/// It is there.
pub type GetReportOutput = ();

/// The error responses of `getReport`.
#[derive(Debug)]
pub enum GetReportError {
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The credentials do not allow this request.
    Forbidden(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(GetReportError, Unauthorized = problem(401), Forbidden = problem(403));

impl Operation for GetReportInput {
    type Output = GetReportOutput;
    type Error = GetReportError;
    const ACCESS: &'static Access = &[&[Requirement::signature("signed", &[])]];

    fn read(_: &mut Parts<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
