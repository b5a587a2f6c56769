// @generated from the contracts in spec/; edits are overwritten.

//! `checkoutBasket`: `POST /basket/checkout`.
//!
//! - **Source** `spec/basket/openapi.yaml#/paths/~1basket~1checkout/post`

use runtime::{Access, Failure, Operation, Owned, Parts, Problem, Reply, Requirement};

use crate::model::{Checkout, CheckoutReceipt, IdempotencyKey};

/// The input of `checkoutBasket`.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckoutBasketInput {
    /// Names this checkout; a repetition carries the same key.
    pub idempotency_key: Option<IdempotencyKey>,
    /// The body, `application/json`.
    pub body: Checkout,
}

impl CheckoutBasketInput {
    /// Creates a value from its required fields.
    pub fn new(body: Checkout) -> Self {
        Self {
            idempotency_key: Default::default(),
            body,
        }
    }
}

/// The checkout is on its way to become an order.
pub type CheckoutBasketOutput = CheckoutReceipt;

/// The error responses of `checkoutBasket`.
#[derive(Debug)]
pub enum CheckoutBasketError {
    /// `400`: The request violates the contract; every violation is listed.
    BadRequest(Problem),
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The item belongs to another customer, or the credentials lack the scope for it.
    Forbidden(Problem),
    /// `404`: The customer has no basket.
    NotFound(Problem),
    /// `409`: The basket changed during the checkout; send the request again.
    Conflict(Problem),
    /// `413`: The body, or the item made of it, is too large.
    ContentTooLarge(Problem),
    /// `415`: The body is of a media type that the operation does not accept.
    UnsupportedMediaType(Problem),
    /// `422`: The basket is empty, or the key was used for another checkout.
    UnprocessableContent(Problem),
    /// `503`: The checkout could not be published.
    ///
    /// Send the same request again; until then the basket is as it was, or is kept for that request.
    ServiceUnavailable(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    CheckoutBasketError,
    BadRequest = problem(400),
    Unauthorized = problem(401),
    Forbidden = problem(403),
    NotFound = problem(404),
    Conflict = problem(409),
    ContentTooLarge = problem(413),
    UnsupportedMediaType = problem(415),
    UnprocessableContent = problem(422),
    ServiceUnavailable = problem(503)
);

impl Operation for CheckoutBasketInput {
    type Output = CheckoutBasketOutput;
    type Error = CheckoutBasketError;
    const ACCESS: &'static Access = &[&[Requirement::token("login", &[])]];
    const CHALLENGE: &'static str = "Bearer";

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let idempotency_key = parts.header("Idempotency-Key").optional();
        let body = parts.json("application/json").required();
        Some(Self {
            idempotency_key: idempotency_key?,
            body: body?,
        })
    }

    fn owner(&self) -> Option<Owned> {
        Some(Owned {
            claim: "sub",
            unless: Some("baskets.all"),
            owner: Some(runtime::to_text(&self.body.user_name)),
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(202, "application/json", &answer)
    }
}
