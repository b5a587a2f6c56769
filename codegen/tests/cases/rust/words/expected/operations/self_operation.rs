// @generated from the contracts in spec/; edits are overwritten.

//! `self`: `GET /self/{type}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1self~1{type}/get`

use runtime::{Failure, Operation, Parts, Reply};

use crate::model::{SelfOperationType, SelfValue};
use crate::tables::{SelfValueKey, Tables};

/// The input of `self`.
#[derive(Debug, Clone, PartialEq)]
pub struct SelfOperationInput {
    /// The path parameter `type`.
    pub r#type: SelfOperationType,
}

impl SelfOperationInput {
    /// Creates a value from its required fields.
    pub fn new(r#type: SelfOperationType) -> Self {
        Self { r#type }
    }
}

/// d
pub type SelfOperationOutput = SelfValue;

/// The error responses of `self`.
#[derive(Debug)]
pub enum SelfOperationError {
    /// `404`: d
    NotFound,
    /// `304`: The client already has this version.
    NotModified,
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(SelfOperationError, NotFound = empty(404), NotModified = empty(304));

impl Operation for SelfOperationInput {
    type Output = SelfOperationOutput;
    type Error = SelfOperationError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let r#type = parts.path("type").required();
        Some(Self { r#type: r#type? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer).etag(&answer.r#async)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: SelfOperationInput,
) -> Result<SelfOperationOutput, SelfOperationError> {
    let key = SelfValueKey {
        r#type: runtime::rules::decode_value("type", &runtime::to_text(&input.r#type))?,
    };
    match tables.self_.get(&key).await {
        Ok(Some(item)) => Ok(item),
        Ok(None) => Err(SelfOperationError::NotFound),
        Err(error) => Err(error.into()),
    }
}
