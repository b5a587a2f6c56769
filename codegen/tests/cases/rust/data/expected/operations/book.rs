// @generated from the contracts in spec/; edits are overwritten.

//! `book`: `POST /bookings`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1bookings/post`

use runtime::{Failure, Operation, Parts, Problem, Reply};

use crate::model::{Booking, BookingRequest};

/// The input of `book`.
#[derive(Debug, Clone, PartialEq)]
pub struct BookInput {
    /// A key that identifies the request. A retry with the same key has no further effect.
    pub idempotency_key: Option<String>,
    /// The body, `application/json`.
    pub body: BookingRequest,
}

impl BookInput {
    /// Creates a value from its required fields.
    pub fn new(body: BookingRequest) -> Self {
        Self {
            idempotency_key: Default::default(),
            body,
        }
    }
}

/// They are booked.
pub type BookOutput = Booking;

/// The error responses of `book`.
#[derive(Debug)]
pub enum BookError {
    /// `400`: What is wrong.
    BadRequest(Problem),
    /// `503`: What is wrong.
    ServiceUnavailable(Problem),
    /// `409`: The same request is already being processed.
    Conflict(Problem),
    /// `422`: The key was already used for a different request.
    UnprocessableContent(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    BookError,
    BadRequest = problem(400),
    ServiceUnavailable = problem(503),
    Conflict = problem(409),
    UnprocessableContent = problem(422)
);

impl Operation for BookInput {
    type Output = BookOutput;
    type Error = BookError;
    const UNSUPPORTED: u16 = 400;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let idempotency_key = parts.header("Idempotency-Key").optional();
        let body = parts.json("application/json").required();
        Some(Self {
            idempotency_key: idempotency_key?,
            body: body?,
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(201, "application/json", &answer).also(&["application/hal+json"])
    }
}
