// @generated from the contracts in spec/; edits are overwritten.

//! `registerParcel`: `POST /parcel`.
//!
//! - **Source** `spec/depot/openapi.yaml#/paths/~1parcel/post`

use runtime::{Access, Failure, Operation, Parts, Problem, Reply, Requirement};

use crate::model::{NewParcel, Parcel};

/// The input of `registerParcel`.
#[derive(Debug, Clone, PartialEq)]
pub struct RegisterParcelInput {
    /// The body, `application/json`.
    pub body: NewParcel,
}

impl RegisterParcelInput {
    /// Creates a value from its required fields.
    pub fn new(body: NewParcel) -> Self {
        Self { body }
    }
}

/// The parcel.
pub type RegisterParcelOutput = Parcel;

/// The error responses of `registerParcel`.
#[derive(Debug)]
pub enum RegisterParcelError {
    /// `400`: The request violates the contract.
    BadRequest(Problem),
    /// `401`: The credentials are missing or not valid.
    Unauthorized(Problem),
    /// `403`: The credentials do not allow it.
    Forbidden(Problem),
    /// `413`: The request violates the contract.
    ContentTooLarge(Problem),
    /// `415`: The request violates the contract.
    UnsupportedMediaType(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    RegisterParcelError,
    BadRequest = problem(400),
    Unauthorized = problem(401),
    Forbidden = problem(403),
    ContentTooLarge = problem(413),
    UnsupportedMediaType = problem(415)
);

impl Operation for RegisterParcelInput {
    type Output = RegisterParcelOutput;
    type Error = RegisterParcelError;
    const ACCESS: &'static Access = &[
        &[Requirement::token("login", &["parcels.register"])],
    ];
    const CHALLENGE: &'static str = "Bearer";

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.json("application/json").required();
        Some(Self { body: body? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(201, "application/json", &answer)
    }
}
