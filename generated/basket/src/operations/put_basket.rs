// @generated from the contracts in spec/; edits are overwritten.

//! `putBasket`: `POST /basket`.
//!
//! Fill a basket
//!
//! Stores the basket, in place of the one that the customer had.

use runtime::{
    Condition, Context, Failure, Parts, Problem, Reply, Request, TableError, Written,
};

use crate::model::{Basket, BasketRequest};
use crate::tables::Tables;
use super::Operations;

/// What `putBasket` takes.
///
/// - **Source** `spec/basket/openapi.yaml#/paths/~1basket/post`
#[derive(Debug, Clone, PartialEq)]
pub struct PutBasketInput {
    /// The body.
    ///
    /// - **Shape** body, `application/json`
    /// - **Source** `spec/basket/openapi.yaml#/paths/~1basket/post/requestBody`
    pub body: BasketRequest,
}

impl PutBasketInput {
    /// With what the contract requires, and nothing else.
    pub fn new(body: BasketRequest) -> Self {
        Self { body }
    }
}

/// The basket as it was stored.
///
/// - **Status** `200`
/// - **Source** `spec/basket/openapi.yaml#/paths/~1basket/post/responses/200`
pub type PutBasketOutput = Basket;

/// How `putBasket` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum PutBasketError {
    /// The request violates the contract; every violation is listed.
    ///
    /// - **Status** `400`
    /// - **Source** `spec/basket/openapi.yaml#/components/responses/BadRequest`
    BadRequest(Problem),
    /// A checkout of this basket is under way; send that checkout again to finish it.
    ///
    /// - **Status** `409`
    /// - **Source** `spec/basket/openapi.yaml#/components/responses/InCheckout`
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
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for PutBasketError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<PutBasketInput, Problem> {
    let mut parts = Parts::of(request);
    let body = parts.body("application/json");
    parts.finish(&[400, 415], || Some(PutBasketInput { body: body? }))
}

fn reply(answer: PutBasketOutput) -> Reply {
    Reply::json(200, "application/json", &answer)
}

impl From<PutBasketError> for Reply {
    fn from(error: PutBasketError) -> Self {
        match error {
            PutBasketError::BadRequest(answer) => Reply::problem(answer.with_status(400)),
            PutBasketError::Conflict(answer) => Reply::problem(answer.with_status(409)),
            PutBasketError::ContentTooLarge(answer) => {
                Reply::problem(answer.with_status(413))
            }
            PutBasketError::UnsupportedMediaType(answer) => {
                Reply::problem(answer.with_status(415))
            }
            PutBasketError::Unexpected(failure) => Reply::failed(failure),
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
            match operations.put_basket(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}

/// The body that the contract binds the operation to.
///
/// - **Source** `spec/basket/openapi.yaml#/paths/~1basket/post/x-dynamodb`
pub(super) async fn run(
    tables: &Tables,
    input: PutBasketInput,
) -> Result<PutBasketOutput, PutBasketError> {
    let body = input.body;
    let item = Basket {
        user_name: body.user_name,
        items: body.items,
        checkout: Default::default(),
    };
    let condition = Condition::written(
        "attribute_not_exists(#checkout)",
        &[("#checkout", "checkout")],
    );
    match tables.basket.put_if(&item, condition).await {
        Ok(Written::Done) => Ok(item),
        Ok(Written::Refused(_)) => {
            Err(
                PutBasketError::Conflict(
                    Problem::new(
                        409,
                        "A checkout of this basket is under way; send that checkout again to finish it.",
                    ),
                ),
            )
        }
        Err(TableError::TooLarge { .. }) => {
            Err(
                PutBasketError::ContentTooLarge(
                    Problem::new(413, "The body is larger than a function accepts."),
                ),
            )
        }
        Err(error) => Err(error.into()),
    }
}
