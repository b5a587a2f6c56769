// @generated from the contracts in spec/; edits are overwritten.

//! `findThings`: `GET /things`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1things/get`

use runtime::{Failure, Operation, Parts, Reply, Shape, Style};

use crate::model::FindThingsWhereItem;

/// The input of `findThings`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FindThingsInput {
    /// The query parameter `where`.
    pub r#where: Option<Vec<FindThingsWhereItem>>,
}

/// Things as they come.
pub type FindThingsOutput = String;

/// The error responses of `findThings`.
#[derive(Debug)]
pub enum FindThingsError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(FindThingsError);

impl Operation for FindThingsInput {
    type Output = FindThingsOutput;
    type Error = FindThingsError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let r#where = parts.query("where").styled(Style::Json, Shape::Json).optional();
        Some(Self { r#where: r#where? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::text(200, "text/event-stream", &answer)
    }
}
