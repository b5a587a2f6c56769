// @generated from the contracts in spec/; edits are overwritten.

//! `getOffer`: `GET /offer`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1offer/get`

use runtime::{Access, Failure, Operation, Parts, Problem, Reply, Requirement};

/// The input of `getOffer`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetOfferInput {}

/// It is there.
pub type GetOfferOutput = ();

/// The error responses of `getOffer`.
#[derive(Debug)]
pub enum GetOfferError {
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The credentials do not allow this request.
    Forbidden(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(GetOfferError, Unauthorized = problem(401), Forbidden = problem(403));

impl Operation for GetOfferInput {
    type Output = GetOfferOutput;
    type Error = GetOfferError;
    const ACCESS: &'static Access = &[&[Requirement::token("login", &[])], &[]];
    const CHALLENGE: &'static str = "Bearer";

    fn read(_: &mut Parts<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
