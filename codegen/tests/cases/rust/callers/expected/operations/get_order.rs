// @generated from the contracts in spec/; edits are overwritten.

//! `getOrder`: `GET /order/{id}`.
//!
//! Read an order, with a token or with a key

use runtime::{
    Access, Context, Failure, Means, Parts, Problem, Reply, Request, Requirement,
};

use crate::model::GetOrderId;
use super::Operations;

/// What `getOrder` takes.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1order~1{id}/get`
#[derive(Debug, Clone, PartialEq)]
pub struct GetOrderInput {
    /// A parameter.
    ///
    /// - **Shape** path parameter `id`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1order~1{id}/parameters/0`
    pub id: GetOrderId,
}

impl GetOrderInput {
    /// With what the contract requires, and nothing else.
    pub fn new(id: GetOrderId) -> Self {
        Self { id }
    }
}

/// It is there.
///
/// - **Status** `204`
/// - **Source** `spec/shop/openapi.yaml#/paths/~1order~1{id}/get/responses/204`
pub type GetOrderOutput = ();

/// How `getOrder` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum GetOrderError {
    /// The credentials are missing or not valid.
    ///
    /// - **Status** `401`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1order~1{id}/get`
    Unauthorized(Problem),
    /// The credentials do not allow it.
    ///
    /// - **Status** `403`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1order~1{id}/get`
    Forbidden(Problem),
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for GetOrderError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<GetOrderInput, Problem> {
    let mut parts = Parts::of(request);
    let id = parts.path("id").required();
    parts.finish(&[], || Some(GetOrderInput { id: id? }))
}

fn reply((): GetOrderOutput) -> Reply {
    Reply::empty(204)
}

impl From<GetOrderError> for Reply {
    fn from(error: GetOrderError) -> Self {
        match error {
            GetOrderError::Unauthorized(answer) => {
                Reply::problem(answer.with_status(401))
            }
            GetOrderError::Forbidden(answer) => Reply::problem(answer.with_status(403)),
            GetOrderError::Unexpected(failure) => Reply::failed(failure),
        }
    }
}

/// Who may call: one of these, with all that it asks for.
const ACCESS: &Access = &[
    &[
        Requirement {
            scheme: "login",
            means: Means::Token,
            scopes: &[],
        },
    ],
    &[
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
            match operations.get_order(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}
