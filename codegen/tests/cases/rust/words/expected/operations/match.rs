// @generated from the contracts in spec/; edits are overwritten.

//! `match`: `POST /match`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1match/post`

use runtime::{Failure, Operation, Parts, Reply};

use crate::model::{BoxValue, VecValue};

/// The input of `match`.
#[derive(Debug, Clone, PartialEq)]
pub struct MatchInput {
    /// The query parameter `self`.
    pub self_: Option<String>,
    /// The query parameter `super`.
    pub super_: Option<String>,
    /// The header parameter `crate`.
    pub crate_: Option<String>,
    /// The cookie parameter `async`.
    pub r#async: Option<String>,
    /// The query parameter `gen`.
    pub r#gen: Option<i128>,
    /// The query parameter `$`.
    pub unnamed: Option<i128>,
    /// The query parameter `input`.
    pub input: Option<i128>,
    /// The query parameter `parts`.
    pub parts: Option<i128>,
    /// The body, `application/json`.
    pub body: BoxValue,
}

impl MatchInput {
    /// Creates a value from its required fields.
    pub fn new(body: BoxValue) -> Self {
        Self {
            self_: Default::default(),
            super_: Default::default(),
            crate_: Default::default(),
            r#async: Default::default(),
            r#gen: Default::default(),
            unnamed: Default::default(),
            input: Default::default(),
            parts: Default::default(),
            body,
        }
    }
}

/// d
#[derive(Debug, Clone, PartialEq)]
pub struct MatchOutput {
    /// The header `type`.
    pub r#type: Option<String>,
    /// The header `self`.
    pub self_: Option<String>,
    /// The header `answer`.
    pub answer_2: Option<String>,
    /// The body.
    pub body: VecValue,
}

impl MatchOutput {
    /// Creates a value from its required fields.
    pub fn new(body: VecValue) -> Self {
        Self {
            r#type: Default::default(),
            self_: Default::default(),
            answer_2: Default::default(),
            body,
        }
    }
}

/// d
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MatchNotFound {
    /// The header `type`.
    pub r#type: Option<String>,
}

/// The error responses of `match`.
#[derive(Debug)]
pub enum MatchError {
    /// `404`: d
    NotFound(MatchNotFound),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(MatchError, NotFound = answer);

impl From<MatchNotFound> for Reply {
    fn from(answer: MatchNotFound) -> Self {
        Reply::empty(404)
            .header_some("type", answer.r#type.as_ref().map(runtime::to_text))
    }
}

impl Operation for MatchInput {
    type Output = MatchOutput;
    type Error = MatchError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let self_ = parts.query("self").optional();
        let super_ = parts.query("super").optional();
        let crate_ = parts.header("crate").optional();
        let r#async = parts.cookie("async").optional();
        let r#gen = parts.query("gen").optional();
        let unnamed = parts.query("$").optional();
        let input = parts.query("input").optional();
        let parts_ = parts.query("parts").optional();
        let body = parts.json("application/json").required();
        Some(Self {
            self_: self_?,
            super_: super_?,
            crate_: crate_?,
            r#async: r#async?,
            r#gen: r#gen?,
            unnamed: unnamed?,
            input: input?,
            parts: parts_?,
            body: body?,
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer.body)
            .header_some("type", answer.r#type.as_ref().map(runtime::to_text))
            .header_some("self", answer.self_.as_ref().map(runtime::to_text))
            .header_some("answer", answer.answer_2.as_ref().map(runtime::to_text))
    }
}
