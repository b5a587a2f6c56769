// @generated from the contracts in spec/; edits are overwritten.

//! `putOrder`: `PUT /order`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1order/put`

use runtime::{
    Access, Failure, Means, Operation, Owned, Parts, Problem, Reply, Requirement,
};

use crate::model::Order;
use crate::tables::Tables;

/// The input of `putOrder`.
#[derive(Debug, Clone, PartialEq)]
pub struct PutOrderInput {
    /// The body, `application/json`.
    pub body: Order,
}

impl PutOrderInput {
    /// Creates a value from its required fields.
    pub fn new(body: Order) -> Self {
        Self { body }
    }
}

/// The order.
pub type PutOrderOutput = Order;

/// The error responses of `putOrder`.
#[derive(Debug)]
pub enum PutOrderError {
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The credentials do not allow this request.
    Forbidden(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(PutOrderError, Unauthorized = problem(401), Forbidden = problem(403));

impl Operation for PutOrderInput {
    type Output = PutOrderOutput;
    type Error = PutOrderError;
    const ACCESS: &'static Access = &[
        &[
            Requirement {
                scheme: "login",
                means: Means::Token,
                scopes: &[],
            },
        ],
    ];
    const CHALLENGE: &'static str = "Bearer";

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.json("application/json").required();
        Some(Self { body: body? })
    }

    fn owner(&self) -> Option<Owned> {
        Some(Owned {
            claim: "sub",
            unless: Some("orders.all"),
            owner: Some(runtime::to_text(&self.body.customer)),
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: PutOrderInput,
) -> Result<PutOrderOutput, PutOrderError> {
    let item = input.body;
    match tables.order.put(&item).await {
        Ok(()) => Ok(item),
        Err(error) => Err(error.into()),
    }
}
