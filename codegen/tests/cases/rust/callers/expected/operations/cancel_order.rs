// @generated from the contracts in spec/; edits are overwritten.

//! `cancelOrder`: `DELETE /order/{id}`.
//!
//! Cancel an order, with a token and a key

use runtime::{
    Access, Context, Failure, Means, Parts, Problem, Reply, Request, Requirement,
};

use crate::model::GetOrderId;
use super::Operations;

/// What `cancelOrder` takes.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1order~1{id}/delete`
#[derive(Debug, Clone, PartialEq)]
pub struct CancelOrderInput {
    /// A parameter.
    ///
    /// - **Shape** path parameter `id`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1order~1{id}/parameters/0`
    pub id: GetOrderId,
}

impl CancelOrderInput {
    /// With what the contract requires, and nothing else.
    pub fn new(id: GetOrderId) -> Self {
        Self { id }
    }
}

/// It is gone.
///
/// - **Status** `204`
/// - **Source** `spec/shop/openapi.yaml#/paths/~1order~1{id}/delete/responses/204`
pub type CancelOrderOutput = ();

/// How `cancelOrder` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum CancelOrderError {
    /// The credentials are missing or not valid.
    ///
    /// - **Status** `401`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1order~1{id}/delete`
    Unauthorized(Problem),
    /// The credentials do not allow it.
    ///
    /// - **Status** `403`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1order~1{id}/delete`
    Forbidden(Problem),
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for CancelOrderError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<CancelOrderInput, Problem> {
    let mut parts = Parts::of(request);
    let id = parts.path("id").required();
    parts.finish(&[], || Some(CancelOrderInput { id: id? }))
}

fn reply((): CancelOrderOutput) -> Reply {
    Reply::empty(204)
}

impl From<CancelOrderError> for Reply {
    fn from(error: CancelOrderError) -> Self {
        match error {
            CancelOrderError::Unauthorized(answer) => {
                Reply::problem(answer.with_status(401))
            }
            CancelOrderError::Forbidden(answer) => {
                Reply::problem(answer.with_status(403))
            }
            CancelOrderError::Unexpected(failure) => Reply::failed(failure),
        }
    }
}

/// Who may call: one of these, with all that it asks for.
const ACCESS: &Access = &[
    &[
        Requirement {
            scheme: "login",
            means: Means::Token,
            scopes: &["orders.write"],
        },
        Requirement {
            scheme: "key",
            means: Means::ApiKey,
            scopes: &[],
        },
    ],
];

/// Answers a request.
pub(crate) async fn handle<O: Operations>(
    operations: &O,
    cx: &Context,
    request: &Request,
) -> Reply {
    if let Err(denied) = cx.caller.check(ACCESS) {
        return denied.reply("Bearer");
    }
    match read(request) {
        Ok(input) => {
            match operations.cancel_order(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}
