// @generated from the contracts in spec/; edits are overwritten.

//! `listOrders`: `GET /orders`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1orders/get`

use runtime::{Access, Failure, Means, Operation, Parts, Problem, Reply, Requirement};

/// What `listOrders` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListOrdersInput {}

/// Fine.
pub type ListOrdersOutput = ();

/// How `listOrders` fails.
#[derive(Debug)]
pub enum ListOrdersError {
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The credentials do not allow this request.
    Forbidden(Problem),
    /// Anything else, by `?`: the client gets an opaque `500`, the log the failure.
    Unexpected(Failure),
}

runtime::error_type!(ListOrdersError, Unauthorized = problem(401), Forbidden = problem(403));

impl Operation for ListOrdersInput {
    type Output = ListOrdersOutput;
    type Error = ListOrdersError;
    const ACCESS: &'static Access = &[
        &[
            Requirement {
                scheme: "staff",
                means: Means::Token,
                scopes: &[],
            },
        ],
        &[
            Requirement {
                scheme: "partner",
                means: Means::Token,
                scopes: &[],
            },
        ],
    ];
    const CHALLENGE: &'static str = "Basic realm=\"shop\", charset=\"UTF-8\"";

    fn read(_: &mut Parts<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
