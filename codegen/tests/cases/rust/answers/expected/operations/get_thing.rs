// @generated from the contracts in spec/; edits are overwritten.

//! `getThing`: `GET /things/{part}`.
//!
//! Answers in every shape that there is.

use runtime::{Context, Failure, ListRules, Parts, Problem, Reply, Request, Sensitive};

use crate::model::{GetThingLimit, Thing};
use super::Operations;

/// What `getThing` takes.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/get`
#[derive(Debug, Clone, PartialEq)]
pub struct GetThingInput {
    /// A parameter.
    ///
    /// - **Shape** path parameter `part`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/parameters/0`
    pub part: String,
    /// A parameter.
    ///
    /// - **Shape** query parameter `limit`
    /// - **Default** `25`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/get/parameters/0`
    pub limit: GetThingLimit,
    /// A parameter.
    ///
    /// - **Shape** query parameter `tag`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/get/parameters/1`
    pub tag: Option<Vec<String>>,
    /// A parameter.
    ///
    /// - **Shape** query parameter `word`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/get/parameters/2`
    pub word: Option<Vec<String>>,
    /// A parameter.
    ///
    /// - **Shape** header parameter `If-Match`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/get/parameters/3`
    pub if_match: Option<String>,
    /// A parameter.
    ///
    /// - **Shape** query parameter `secret`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/get/parameters/4`
    pub secret: Option<Sensitive<String>>,
}

impl GetThingInput {
    /// With what the contract requires, and nothing else.
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
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/get/responses/200`
#[derive(Debug, Clone, PartialEq)]
pub struct GetThingOk {
    /// A header.
    ///
    /// - **Shape** header `ETag`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/get/responses/200`
    pub e_tag: String,
    /// A header.
    ///
    /// - **Shape** header `Age`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/get/responses/200`
    pub age: Option<i128>,
    /// The body.
    pub body: Thing,
}

impl GetThingOk {
    /// With what the contract requires, and nothing else.
    pub fn new(e_tag: String, body: Thing) -> Self {
        Self {
            e_tag,
            age: Default::default(),
            body,
        }
    }
}

/// Not now.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/get/responses/503`
#[derive(Debug, Clone, PartialEq)]
pub struct GetThingServiceUnavailable {
    /// A header.
    ///
    /// - **Shape** header `Retry-After`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/get/responses/503`
    pub retry_after: i128,
    /// The body.
    pub body: Problem,
}

impl GetThingServiceUnavailable {
    /// With what the contract requires, and nothing else.
    pub fn new(retry_after: i128, body: Problem) -> Self {
        Self { retry_after, body }
    }
}

/// Something else.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/get/responses/default`
#[derive(Debug, Clone, PartialEq)]
pub struct GetThingDefault {
    /// The status code, within what the contract says of it.
    pub status: u16,
    /// The body.
    pub body: Thing,
}

impl GetThingDefault {
    /// With what the contract requires, and nothing else.
    pub fn new(status: u16, body: Thing) -> Self {
        Self { status, body }
    }
}

/// What `getThing` answers with success.
#[derive(Debug, Clone, PartialEq)]
pub enum GetThingOutput {
    /// The thing.
    ///
    /// - **Status** `200`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/get/responses/200`
    Ok(GetThingOk),
    /// There is nothing to say.
    ///
    /// - **Status** `204`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/get/responses/204`
    NoContent,
}

/// How `getThing` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum GetThingError {
    /// What is wrong.
    ///
    /// - **Status** `404`
    /// - **Source** `spec/shop/openapi.yaml#/components/responses/Problem`
    NotFound(Problem),
    /// The thing that is in the way.
    ///
    /// - **Status** `409`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/get/responses/409`
    Conflict(Thing),
    /// It is gone.
    ///
    /// - **Status** `410`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/get/responses/410`
    Gone,
    /// Not now.
    ///
    /// - **Status** `503`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/get/responses/503`
    ServiceUnavailable(GetThingServiceUnavailable),
    /// What is wrong.
    ///
    /// - **Status** `4XX`
    /// - **Source** `spec/shop/openapi.yaml#/components/responses/Problem`
    ClientError(Problem),
    /// Something else.
    ///
    /// - **Status** `default`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1things~1{part}/get/responses/default`
    Default(GetThingDefault),
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for GetThingError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<GetThingInput, Problem> {
    let mut parts = Parts::of(request);
    let part = parts.path("part").required();
    let limit = parts.query("limit").or("25");
    let tag = parts
        .query("tag")
        .repeated()
        .optional_as(runtime::list(ListRules::new().max_items(3)));
    let word = parts.query("word").separated().optional();
    let if_match = parts.header("If-Match").optional();
    let secret = parts.query("secret").optional();
    parts
        .finish(
            &[400, 415],
            || Some(GetThingInput {
                part: part?,
                limit: limit?,
                tag: tag?,
                word: word?,
                if_match: if_match?,
                secret: secret?,
            }),
        )
}

fn reply(output: GetThingOutput) -> Reply {
    match output {
        GetThingOutput::Ok(answer) => {
            Reply::json(200, "application/json", &answer.body)
                .header("ETag", runtime::to_text(&answer.e_tag))
                .header_some("Age", answer.age.as_ref().map(runtime::to_text))
        }
        GetThingOutput::NoContent => Reply::empty(204),
    }
}

impl From<GetThingError> for Reply {
    fn from(error: GetThingError) -> Self {
        match error {
            GetThingError::NotFound(answer) => Reply::problem(answer.with_status(404)),
            GetThingError::Conflict(answer) => {
                Reply::json(409, "application/json", &answer)
            }
            GetThingError::Gone => Reply::empty(410),
            GetThingError::ServiceUnavailable(answer) => {
                Reply::problem(answer.body.with_status(503))
                    .header("Retry-After", runtime::to_text(&answer.retry_after))
            }
            GetThingError::ClientError(answer) => Reply::problem(answer),
            GetThingError::Default(answer) => {
                Reply::json(answer.status, "application/json", &answer.body)
            }
            GetThingError::Unexpected(failure) => Reply::failed(failure),
        }
    }
}

/// Answers a request.
pub(crate) async fn handle<O: Operations>(
    operations: &O,
    cx: &Context,
    request: &Request,
) -> Reply {
    match read(request) {
        Ok(input) => {
            match operations.get_thing(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}
