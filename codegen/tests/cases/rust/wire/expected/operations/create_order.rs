// @generated from the contracts in spec/; edits are overwritten.

//! `createOrder`: `POST /orders`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1orders/post`

use runtime::{Failure, Operation, Parts, Reply, Style};

use crate::model::Order;

/// The input of `createOrder`.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateOrderInput {
    /// The body, `application/json`.
    pub body: Order,
}

impl CreateOrderInput {
    /// Creates a value from its required fields.
    pub fn new(body: Order) -> Self {
        Self { body }
    }
}

/// Created.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateOrderOutput {
    /// The header `Set-Cookie`.
    pub set_cookie: Vec<String>,
    /// The header `X-Tags`.
    pub x_tags: Option<Vec<String>>,
}

impl CreateOrderOutput {
    /// Creates a value from its required fields.
    pub fn new(set_cookie: Vec<String>) -> Self {
        Self {
            set_cookie,
            x_tags: Default::default(),
        }
    }
}

/// The error responses of `createOrder`.
#[derive(Debug)]
pub enum CreateOrderError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(CreateOrderError);

impl Operation for CreateOrderInput {
    type Output = CreateOrderOutput;
    type Error = CreateOrderError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.json("application/json").required();
        Some(Self { body: body? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::empty(201)
            .header_styled("Set-Cookie", Style::Simple, Some(&answer.set_cookie))
            .header_styled("X-Tags", Style::Simple, answer.x_tags.as_ref())
    }
}
