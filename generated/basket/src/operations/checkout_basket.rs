// @generated from the contracts in spec/; edits are overwritten.

//! `checkoutBasket`: `POST /basket/checkout`.
//!
//! Check a basket out
//!
//! Totals the basket, publishes `CheckoutBasket` and removes the basket. Whatever the first attempt
//! came to,
//! the same request with the same `Idempotency-Key` can be sent again: it leads to one order.

use runtime::{Context, Failure, Parts, Problem, Reply, Request};

use crate::model::{Checkout, CheckoutReceipt, IdempotencyKey};
use super::Operations;

/// What `checkoutBasket` takes.
///
/// - **Source** `spec/basket/openapi.yaml#/paths/~1basket~1checkout/post`
#[derive(Debug, Clone, PartialEq)]
pub struct CheckoutBasketInput {
    /// Names this checkout; a repetition carries the same key.
    ///
    /// - **Shape** header parameter `Idempotency-Key`
    /// - **Source** `spec/basket/openapi.yaml#/paths/~1basket~1checkout/post/parameters/0`
    pub idempotency_key: Option<IdempotencyKey>,
    /// The body.
    ///
    /// - **Shape** body, `application/json`
    /// - **Source** `spec/basket/openapi.yaml#/paths/~1basket~1checkout/post/requestBody`
    pub body: Checkout,
}

impl CheckoutBasketInput {
    /// With what the contract requires, and nothing else.
    pub fn new(body: Checkout) -> Self {
        Self {
            idempotency_key: Default::default(),
            body,
        }
    }
}

/// The checkout is on its way to become an order.
///
/// - **Status** `202`
/// - **Source** `spec/basket/openapi.yaml#/paths/~1basket~1checkout/post/responses/202`
pub type CheckoutBasketOutput = CheckoutReceipt;

/// How `checkoutBasket` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum CheckoutBasketError {
    /// The request violates the contract; every violation is listed.
    ///
    /// - **Status** `400`
    /// - **Source** `spec/basket/openapi.yaml#/components/responses/BadRequest`
    BadRequest(Problem),
    /// The customer has no basket.
    ///
    /// - **Status** `404`
    /// - **Source** `spec/basket/openapi.yaml#/components/responses/NotFound`
    NotFound(Problem),
    /// The basket changed during the checkout; send the request again.
    ///
    /// - **Status** `409`
    /// - **Source** `spec/basket/openapi.yaml#/paths/~1basket~1checkout/post/responses/409`
    Conflict(Problem),
    /// The body is larger than a function accepts.
    ///
    /// - **Status** `413`
    /// - **Source** `spec/basket/openapi.yaml#/components/responses/TooLarge`
    ContentTooLarge(Problem),
    /// The body is of a media type that the operation does not accept.
    ///
    /// - **Status** `415`
    /// - **Source** `spec/basket/openapi.yaml#/components/responses/UnsupportedMediaType`
    UnsupportedMediaType(Problem),
    /// The basket is empty, or the key was used for another checkout.
    ///
    /// - **Status** `422`
    /// - **Source** `spec/basket/openapi.yaml#/paths/~1basket~1checkout/post/responses/422`
    UnprocessableContent(Problem),
    /// The checkout could not be published.
    ///
    /// The checkout could not be published. Send the same request again; until then the basket is as it
    /// was,
    /// or is kept for that request.
    ///
    /// - **Status** `503`
    /// - **Source** `spec/basket/openapi.yaml#/paths/~1basket~1checkout/post/responses/503`
    ServiceUnavailable(Problem),
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for CheckoutBasketError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<CheckoutBasketInput, Problem> {
    let mut parts = Parts::of(request);
    let idempotency_key = parts.header("Idempotency-Key").optional();
    let body = parts.body("application/json");
    parts
        .finish(
            &[400, 415],
            || Some(CheckoutBasketInput {
                idempotency_key: idempotency_key?,
                body: body?,
            }),
        )
}

fn reply(answer: CheckoutBasketOutput) -> Reply {
    Reply::json(202, "application/json", &answer)
}

impl From<CheckoutBasketError> for Reply {
    fn from(error: CheckoutBasketError) -> Self {
        match error {
            CheckoutBasketError::BadRequest(answer) => {
                Reply::problem(answer.with_status(400))
            }
            CheckoutBasketError::NotFound(answer) => {
                Reply::problem(answer.with_status(404))
            }
            CheckoutBasketError::Conflict(answer) => {
                Reply::problem(answer.with_status(409))
            }
            CheckoutBasketError::ContentTooLarge(answer) => {
                Reply::problem(answer.with_status(413))
            }
            CheckoutBasketError::UnsupportedMediaType(answer) => {
                Reply::problem(answer.with_status(415))
            }
            CheckoutBasketError::UnprocessableContent(answer) => {
                Reply::problem(answer.with_status(422))
            }
            CheckoutBasketError::ServiceUnavailable(answer) => {
                Reply::problem(answer.with_status(503))
            }
            CheckoutBasketError::Unexpected(failure) => Reply::failed(failure),
        }
    }
}

/// Answers a request.
pub(crate) async fn handle<O: Operations>(
    operations: &O,
    cx: &Context,
    request: &Request,
) -> Reply {
    match read(request) {
        Ok(input) => {
            match operations.checkout_basket(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}
