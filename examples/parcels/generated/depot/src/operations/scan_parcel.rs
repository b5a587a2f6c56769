// @generated from the contracts in spec/; edits are overwritten.

//! `scanParcel`: `POST /parcel/{id}/scan`.
//!
//! - **Source** `spec/depot/openapi.yaml#/paths/~1parcel~1{id}~1scan/post`

use runtime::{Access, Failure, Operation, Parts, Problem, Reply, Requirement};

use crate::model::{ParcelId, Scan};

/// The input of `scanParcel`.
#[derive(Debug, Clone, PartialEq)]
pub struct ScanParcelInput {
    /// The path parameter `id`.
    pub id: ParcelId,
    /// The body, `application/json`.
    pub body: Scan,
}

impl ScanParcelInput {
    /// Creates a value from its required fields.
    pub fn new(id: ParcelId, body: Scan) -> Self {
        Self { id, body }
    }
}

/// It was told.
pub type ScanParcelOutput = ();

/// The error responses of `scanParcel`.
#[derive(Debug)]
pub enum ScanParcelError {
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
    ScanParcelError,
    BadRequest = problem(400),
    Unauthorized = problem(401),
    Forbidden = problem(403),
    ContentTooLarge = problem(413),
    UnsupportedMediaType = problem(415)
);

impl Operation for ScanParcelInput {
    type Output = ScanParcelOutput;
    type Error = ScanParcelError;
    const ACCESS: &'static Access = &[
        &[Requirement::token("login", &["parcels.scan"])],
        &[Requirement::api_key("scanner", &[])],
    ];
    const CHALLENGE: &'static str = "Bearer";

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let id = parts.path("id").required();
        let body = parts.json("application/json").required();
        Some(Self { id: id?, body: body? })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(202)
    }
}
