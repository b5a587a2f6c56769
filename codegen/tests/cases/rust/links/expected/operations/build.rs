// @generated from the contracts in spec/; edits are overwritten.

//! `build`: `POST /built`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1built/post`

use runtime::{Failure, Operation, Parts, Reply};

use crate::model::{BuildPlaced, Built, BuiltRequest, Word4};

/// The input of `build`.
#[derive(Debug, Clone, PartialEq)]
pub struct BuildInput {
    /// The query parameter `named`.
    ///
    /// - **Default** `"a"`
    pub named: Word4,
    /// The query parameter `placed`.
    ///
    /// - **Default** `"a"`
    pub placed: BuildPlaced,
    /// The body, `application/json`.
    pub body: BuiltRequest,
}

impl BuildInput {
    /// Creates a value from its required fields.
    pub fn new(body: BuiltRequest) -> Self {
        Self {
            named: runtime::preset("\"a\""),
            placed: runtime::preset("\"a\""),
            body,
        }
    }
}

/// Done.
pub type BuildOutput = Built;

/// The error responses of `build`.
#[derive(Debug)]
pub enum BuildError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(BuildError);

impl Operation for BuildInput {
    type Output = BuildOutput;
    type Error = BuildError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let named = parts.query("named").or("\"a\"");
        let placed = parts.query("placed").or("\"a\"");
        let body = parts.json("application/json").required();
        Some(Self {
            named: named?,
            placed: placed?,
            body: body?,
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}
