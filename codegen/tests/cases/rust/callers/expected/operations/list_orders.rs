// @generated from the contracts in spec/; edits are overwritten.

//! `listOrders`: `GET /order`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1order/get`

use runtime::{Access, Failure, Means, Operation, Parts, Problem, Reply, Requirement};

/// What `listOrders` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListOrdersInput {}

/// Nothing to read.
pub type ListOrdersOutput = ();

/// How `listOrders` fails.
#[derive(Debug)]
pub enum ListOrdersError {
    /// `403`: The caller may not.
    Forbidden(Problem),
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// Anything else, by `?`: the client gets an opaque `500`, the log the failure.
    Unexpected(Failure),
}

runtime::error_type!(ListOrdersError, Forbidden = problem(403), Unauthorized = problem(401));

impl Operation for ListOrdersInput {
    type Output = ListOrdersOutput;
    type Error = ListOrdersError;
    const ACCESS: &'static Access = &[
        &[
            Requirement {
                scheme: "login",
                means: Means::Token,
                scopes: &["orders.read", "orders.all"],
            },
        ],
    ];
    const CHALLENGE: &'static str = "Bearer";

    fn read(_: &mut Parts<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
