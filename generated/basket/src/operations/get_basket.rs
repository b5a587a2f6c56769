// @generated from the contracts in spec/; edits are overwritten.

//! `getBasket`: `GET /basket/{userName}`.
//!
//! Read a basket

use runtime::{Context, Failure, Parts, Problem, Reply, Request};

use crate::model::{Basket, UserName};
use crate::tables::{BasketKey, Tables};
use super::Operations;

/// What `getBasket` takes.
///
/// - **Source** `spec/basket/openapi.yaml#/paths/~1basket~1{userName}/get`
#[derive(Debug, Clone, PartialEq)]
pub struct GetBasketInput {
    /// The customer whose basket it is.
    ///
    /// - **Shape** path parameter `userName`
    /// - **Source** `spec/basket/openapi.yaml#/paths/~1basket~1{userName}/parameters/0`
    pub user_name: UserName,
}

impl GetBasketInput {
    /// With what the contract requires, and nothing else.
    pub fn new(user_name: UserName) -> Self {
        Self { user_name }
    }
}

/// The basket.
///
/// - **Status** `200`
/// - **Source** `spec/basket/openapi.yaml#/paths/~1basket~1{userName}/get/responses/200`
pub type GetBasketOutput = Basket;

/// How `getBasket` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum GetBasketError {
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
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for GetBasketError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<GetBasketInput, Problem> {
    let mut parts = Parts::of(request);
    let user_name = parts.path("userName").required();
    parts
        .finish(
            &[400],
            || Some(GetBasketInput {
                user_name: user_name?,
            }),
        )
}

fn reply(answer: GetBasketOutput) -> Reply {
    Reply::json(200, "application/json", &answer)
}

impl From<GetBasketError> for Reply {
    fn from(error: GetBasketError) -> Self {
        match error {
            GetBasketError::BadRequest(answer) => Reply::problem(answer.with_status(400)),
            GetBasketError::NotFound(answer) => Reply::problem(answer.with_status(404)),
            GetBasketError::Unexpected(failure) => Reply::failed(failure),
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
            match operations.get_basket(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}

/// The body that the contract binds the operation to.
///
/// - **Source** `spec/basket/openapi.yaml#/paths/~1basket~1{userName}/get/x-dynamodb`
pub(super) async fn run(
    tables: &Tables,
    input: GetBasketInput,
) -> Result<GetBasketOutput, GetBasketError> {
    let key = BasketKey {
        user_name: input.user_name,
    };
    match tables.basket.get_consistent(&key).await {
        Ok(Some(item)) => Ok(item),
        Ok(None) => {
            Err(
                GetBasketError::NotFound(
                    Problem::new(404, "The customer has no basket."),
                ),
            )
        }
        Err(error) => Err(error.into()),
    }
}
