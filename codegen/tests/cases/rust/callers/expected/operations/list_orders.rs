// @generated from the contracts in spec/; edits are overwritten.

//! `listOrders`: `GET /order`.
//!
//! Read all orders

use runtime::{Access, Context, Failure, Means, Problem, Reply, Request, Requirement};

use super::Operations;

/// What `listOrders` takes.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1order/get`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListOrdersInput {}

/// Nothing to read.
///
/// - **Status** `204`
/// - **Source** `spec/shop/openapi.yaml#/paths/~1order/get/responses/204`
pub type ListOrdersOutput = ();

/// How `listOrders` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum ListOrdersError {
    /// The caller may not.
    ///
    /// - **Status** `403`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1order/get/responses/403`
    Forbidden(Problem),
    /// The credentials are missing or not valid.
    ///
    /// - **Status** `401`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1order/get`
    Unauthorized(Problem),
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for ListOrdersError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(_: &Request) -> Result<ListOrdersInput, Problem> {
    Ok(ListOrdersInput {})
}

fn reply((): ListOrdersOutput) -> Reply {
    Reply::empty(204)
}

impl From<ListOrdersError> for Reply {
    fn from(error: ListOrdersError) -> Self {
        match error {
            ListOrdersError::Forbidden(answer) => Reply::problem(answer.with_status(403)),
            ListOrdersError::Unauthorized(answer) => {
                Reply::problem(answer.with_status(401))
            }
            ListOrdersError::Unexpected(failure) => Reply::failed(failure),
        }
    }
}

/// Who may call: one of these, with all that it asks for.
const ACCESS: &Access = &[
    &[
        Requirement {
            scheme: "login",
            means: Means::Token,
            scopes: &["orders.read", "orders.all"],
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
            match operations.list_orders(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}
