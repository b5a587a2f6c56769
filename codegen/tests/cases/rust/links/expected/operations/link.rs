// @generated from the contracts in spec/; edits are overwritten.

//! `link`: `POST /links`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1links/post`

use runtime::{Failure, Operation, Parts, Reply};

use crate::model::{Few, Limit, Whole, WholeRequest, Word};

/// The input of `link`.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkInput {
    /// The query parameter `limit`.
    ///
    /// - **Default** `20`
    pub limit: Limit,
    /// Which kind.
    ///
    /// - **Default** `"a"`
    pub kind: Word,
    /// The body, `application/json`.
    pub body: WholeRequest,
}

impl LinkInput {
    /// Creates a value from its required fields.
    pub fn new(body: WholeRequest) -> Self {
        Self {
            limit: runtime::preset("20"),
            kind: runtime::preset("\"a\""),
            body,
        }
    }
}

/// Done.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkOutput {
    /// How many are left.
    pub x_rate: Option<Few>,
    /// The body.
    pub body: Whole,
}

impl LinkOutput {
    /// Creates a value from its required fields.
    pub fn new(body: Whole) -> Self {
        Self {
            x_rate: Default::default(),
            body,
        }
    }
}

/// The error responses of `link`.
#[derive(Debug)]
pub enum LinkError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(LinkError);

impl Operation for LinkInput {
    type Output = LinkOutput;
    type Error = LinkError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let limit = parts.query("limit").or("20");
        let kind = parts.query("kind").or("\"a\"");
        let body = parts.json("application/json").required();
        Some(Self {
            limit: limit?,
            kind: kind?,
            body: body?,
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer.body)
            .header_some("X-Rate", answer.x_rate.as_ref().map(runtime::to_text))
    }
}
