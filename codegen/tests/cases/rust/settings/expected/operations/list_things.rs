// @generated from the contracts in spec/; edits are overwritten.

//! `listThings`: `GET /things`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1things/get`

use runtime::{Failure, Operation, Parts, Reply};

use crate::model::Settings2;

/// The input of `listThings`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListThingsInput {}

/// ok
pub type ListThingsOutput = Settings2;

/// The error responses of `listThings`.
#[derive(Debug)]
pub enum ListThingsError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ListThingsError);

impl Operation for ListThingsInput {
    type Output = ListThingsOutput;
    type Error = ListThingsError;

    fn read(_: &mut Parts<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}
