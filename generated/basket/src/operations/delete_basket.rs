// @generated from the contracts in spec/; edits are overwritten.

//! `deleteBasket`: `DELETE /basket/{userName}`.
//!
//! Remove a basket

use runtime::{Condition, Context, Failure, Parts, Problem, Reply, Request, Written};

use crate::model::UserName;
use crate::tables::{BasketKey, Tables};
use super::Operations;

/// What `deleteBasket` takes.
///
/// - **Source** `spec/basket/openapi.yaml#/paths/~1basket~1{userName}/delete`
#[derive(Debug, Clone, PartialEq)]
pub struct DeleteBasketInput {
    /// The customer whose basket it is.
    ///
    /// - **Shape** path parameter `userName`
    /// - **Source** `spec/basket/openapi.yaml#/paths/~1basket~1{userName}/parameters/0`
    pub user_name: UserName,
}

impl DeleteBasketInput {
    /// With what the contract requires, and nothing else.
    pub fn new(user_name: UserName) -> Self {
        Self { user_name }
    }
}

/// The customer has no basket any more.
///
/// - **Status** `204`
/// - **Source** `spec/basket/openapi.yaml#/paths/~1basket~1{userName}/delete/responses/204`
pub type DeleteBasketOutput = ();

/// How `deleteBasket` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum DeleteBasketError {
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
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for DeleteBasketError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<DeleteBasketInput, Problem> {
    let mut parts = Parts::of(request);
    let user_name = parts.path("userName").required();
    parts
        .finish(
            &[400],
            || Some(DeleteBasketInput {
                user_name: user_name?,
            }),
        )
}

fn reply((): DeleteBasketOutput) -> Reply {
    Reply::empty(204)
}

impl From<DeleteBasketError> for Reply {
    fn from(error: DeleteBasketError) -> Self {
        match error {
            DeleteBasketError::BadRequest(answer) => {
                Reply::problem(answer.with_status(400))
            }
            DeleteBasketError::Conflict(answer) => {
                Reply::problem(answer.with_status(409))
            }
            DeleteBasketError::Unexpected(failure) => Reply::failed(failure),
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
            match operations.delete_basket(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}

/// The body that the contract binds the operation to.
///
/// - **Source** `spec/basket/openapi.yaml#/paths/~1basket~1{userName}/delete/x-dynamodb`
pub(super) async fn run(
    tables: &Tables,
    input: DeleteBasketInput,
) -> Result<DeleteBasketOutput, DeleteBasketError> {
    let key = BasketKey {
        user_name: input.user_name,
    };
    let condition = Condition::written(
        "attribute_not_exists(#checkout)",
        &[("#checkout", "checkout")],
    );
    match tables.basket.delete_if(&key, condition).await {
        Ok(Written::Done) => Ok(()),
        Ok(Written::Refused(Some(_))) => {
            Err(
                DeleteBasketError::Conflict(
                    Problem::new(
                        409,
                        "A checkout of this basket is under way; send that checkout again to finish it.",
                    ),
                ),
            )
        }
        Ok(Written::Refused(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
