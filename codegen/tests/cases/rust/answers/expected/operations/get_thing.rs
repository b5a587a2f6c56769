// @generated from the contracts in spec/; edits are overwritten.

//! `getThing`: `GET /things/{part}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/get`

use runtime::{Failure, ListRules, Operation, Parts, Problem, Reply, Sensitive};

use crate::model::{GetThingLimit, Thing};

/// The input of `getThing`.
#[derive(Debug, Clone, PartialEq)]
pub struct GetThingInput {
    /// The path parameter `part`.
    pub part: String,
    /// The query parameter `limit`.
    ///
    /// - **Default** `25`
    pub limit: GetThingLimit,
    /// The query parameter `tag`.
    pub tag: Option<Vec<String>>,
    /// The query parameter `word`.
    pub word: Option<Vec<String>>,
    /// The header parameter `If-Match`.
    pub if_match: Option<String>,
    /// The query parameter `secret`.
    pub secret: Option<Sensitive<String>>,
}

impl GetThingInput {
    /// Creates a value from its required fields.
    pub fn new(part: String) -> Self {
        Self {
            part,
            limit: runtime::preset("25"),
            tag: Default::default(),
            word: Default::default(),
            if_match: Default::default(),
            secret: Default::default(),
        }
    }
}

/// The thing.
#[derive(Debug, Clone, PartialEq)]
pub struct GetThingOk {
    /// The header `ETag`.
    pub e_tag: String,
    /// The header `Age`.
    pub age: Option<i128>,
    /// The body.
    pub body: Thing,
}

impl GetThingOk {
    /// Creates a value from its required fields.
    pub fn new(e_tag: String, body: Thing) -> Self {
        Self {
            e_tag,
            age: Default::default(),
            body,
        }
    }
}

/// Not now.
#[derive(Debug, Clone, PartialEq)]
pub struct GetThingServiceUnavailable {
    /// The header `Retry-After`.
    pub retry_after: i128,
    /// The body.
    pub body: Problem,
}

impl GetThingServiceUnavailable {
    /// Creates a value from its required fields.
    pub fn new(retry_after: i128, body: Problem) -> Self {
        Self { retry_after, body }
    }
}

/// Something else.
#[derive(Debug, Clone, PartialEq)]
pub struct GetThingDefault {
    /// The status code, in the range that the contract declares.
    pub status: u16,
    /// The body.
    pub body: Thing,
}

impl GetThingDefault {
    /// Creates a value from its required fields.
    pub fn new(status: u16, body: Thing) -> Self {
        Self { status, body }
    }
}

/// The success responses of `getThing`.
#[derive(Debug, Clone, PartialEq)]
pub enum GetThingOutput {
    /// `200`: The thing.
    Ok(GetThingOk),
    /// `204`: There is nothing to say.
    NoContent,
}

/// The error responses of `getThing`.
#[derive(Debug)]
pub enum GetThingError {
    /// `404`: What is wrong.
    NotFound(Problem),
    /// `409`: The thing that is in the way.
    Conflict(Thing),
    /// `410`: It is gone.
    Gone,
    /// `503`: Not now.
    ServiceUnavailable(GetThingServiceUnavailable),
    /// `4XX`: What is wrong.
    ClientError(Problem),
    /// `default`: Something else.
    Default(GetThingDefault),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    GetThingError,
    NotFound = problem(404),
    Conflict = json(409, "application/json"),
    Gone = empty(410),
    ServiceUnavailable = answer,
    ClientError = open_problem,
    Default = answer
);

impl From<GetThingServiceUnavailable> for Reply {
    fn from(answer: GetThingServiceUnavailable) -> Self {
        answer
            .body
            .reply(503)
            .header("Retry-After", runtime::to_text(&answer.retry_after))
    }
}

impl From<GetThingDefault> for Reply {
    fn from(answer: GetThingDefault) -> Self {
        Reply::json(answer.status, "application/json", &answer.body)
    }
}

impl Operation for GetThingInput {
    type Output = GetThingOutput;
    type Error = GetThingError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let part = parts.path("part").required();
        let limit = parts.query("limit").or("25");
        let tag = parts
            .query("tag")
            .repeated()
            .optional_as(runtime::list(ListRules::new().max_items(3)));
        let word = parts.query("word").separated().optional();
        let if_match = parts.header("If-Match").optional();
        let secret = parts.query("secret").optional();
        Some(Self {
            part: part?,
            limit: limit?,
            tag: tag?,
            word: word?,
            if_match: if_match?,
            secret: secret?,
        })
    }

    fn reply(output: Self::Output) -> Reply {
        match output {
            GetThingOutput::Ok(answer) => {
                Reply::json(200, "application/json", &answer.body)
                    .header("ETag", runtime::to_text(&answer.e_tag))
                    .header_some("Age", answer.age.as_ref().map(runtime::to_text))
            }
            GetThingOutput::NoContent => Reply::empty(204),
        }
    }
}
