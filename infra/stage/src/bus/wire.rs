//! Owns the JSON protocol of the bus service: the table of actions, the form of answers and errors.
//! It refuses to hold any rule about events; it reads, asks the service, and writes.
//!
//! **Shape**: `POST /` with `X-Amz-Target: AWSEvents.<Action>` and a JSON object as
//! `application/x-amz-json-1.1`. Errors carry `__type` and `message`.

mod archives;
mod events;
mod rules;
mod tags;
mod targets;

pub(super) use targets::{of_value as target_of, value as target_value};

use super::error::BusError;
use super::service::BusService;
use crate::fault::{Decision, Site};
use bytes::Bytes;
use hyper::Response;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

/// What stands before the action in `X-Amz-Target`.
pub const TARGET_PREFIX: &str = "AWSEvents.";

/// The media type of requests and answers.
pub const CONTENT: &str = "application/x-amz-json-1.1";

type Answer = Result<Vec<u8>, BusError>;

impl BusService {
    /// Answers a call of the JSON protocol. `action` is what follows [`TARGET_PREFIX`].
    pub async fn handle(&self, action: &str, body: &[u8]) -> Response<Bytes> {
        self.handle_traced(action, body, None).await
    }

    /// As [`BusService::handle`], for a request with the header `X-Amzn-Trace-Id`.
    pub async fn handle_traced(
        &self,
        action: &str,
        body: &[u8],
        trace: Option<&str>,
    ) -> Response<Bytes> {
        if action == "PutEvents" {
            return reply(self.put(body, trace).await);
        }
        let answer = self.act(action, body);
        let changes = !["Describe", "List", "Test"].iter().any(|verb| action.starts_with(verb));
        let kept = if changes { self.keep_changes() } else { Ok(()) };
        let about = format!("call of {action}");
        reply(self.told(kept, &about, "what it changed would not survive the stage").and(answer))
    }

    async fn put(&self, body: &[u8], trace: Option<&str>) -> Answer {
        let put = || events::put(self, parse(body)?, trace);
        match self.shared.chaos.decide(Site::PutEvents) {
            Decision::Fail(failure) => Err(failure.into()),
            Decision::Delay(by) => {
                self.shared.clock.sleep(by).await;
                put()
            }
            Decision::LoseResponse => put().and(Err(BusError::Internal)),
            Decision::Proceed | Decision::Duplicate { .. } | Decision::Kill(_) => put(),
        }
    }

    /// The table of actions, but for `PutEvents`.
    fn act(&self, action: &str, body: &[u8]) -> Answer {
        match action {
            "TestEventPattern" => events::test_pattern(parse(body)?),
            "CreateEventBus" => rules::create_bus(self, parse(body)?),
            "DeleteEventBus" => rules::delete_bus(self, parse(body)?),
            "DescribeEventBus" => rules::describe_bus(self, parse(body)?),
            "ListEventBuses" => rules::list_buses(self, parse(body)?),
            "UpdateEventBus" => rules::update_bus(self, parse(body)?),
            "PutPermission" => rules::permit(self, parse(body)?),
            "RemovePermission" => rules::revoke(self, parse(body)?),
            "TagResource" => tags::tag(self, parse(body)?),
            "UntagResource" => tags::untag(self, parse(body)?),
            "ListTagsForResource" => tags::list(self, parse(body)?),
            "CreateArchive" => archives::create(self, parse(body)?),
            "UpdateArchive" => archives::update(self, parse(body)?),
            "DeleteArchive" => archives::delete(self, parse(body)?),
            "DescribeArchive" => archives::describe(self, parse(body)?),
            "ListArchives" => archives::list(self, parse(body)?),
            "StartReplay" => archives::start(self, parse(body)?),
            "DescribeReplay" => archives::describe_replay(self, parse(body)?),
            "ListReplays" => archives::list_replays(self, parse(body)?),
            "CancelReplay" => archives::cancel_replay(self, parse(body)?),
            "PutRule" => rules::put(self, parse(body)?),
            "DeleteRule" => rules::delete(self, parse(body)?),
            "DescribeRule" => rules::describe(self, parse(body)?),
            "ListRules" => rules::list(self, parse(body)?),
            "EnableRule" => rules::enable(self, parse(body)?, true),
            "DisableRule" => rules::enable(self, parse(body)?, false),
            "PutTargets" => targets::put(self, parse(body)?),
            "RemoveTargets" => targets::remove(self, parse(body)?),
            "ListTargetsByRule" => targets::list(self, parse(body)?),
            "ListRuleNamesByTarget" => targets::rules(self, parse(body)?),
            _ => Err(BusError::UnknownOperation(format!(
                "{action} is not an action of the local stage's event bus."
            ))),
        }
    }
}

fn reply(answer: Answer) -> Response<Bytes> {
    let (status, body) = match answer {
        Ok(body) => (200, body),
        Err(error) => {
            let (code, status) = error.code();
            let body = json!({"__type": code, "message": error.to_string()});
            (status, body.to_string().into_bytes())
        }
    };
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = hyper::StatusCode::from_u16(status).unwrap_or_default();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(CONTENT));
    if let Ok(id) = HeaderValue::from_str(&crate::ids::uuid().to_string()) {
        headers.insert("x-amzn-requestid", id);
    }
    response
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, BusError> {
    let body = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(body).map_err(|error| BusError::Serialization(error.to_string()))
}

fn write(answer: &impl Serialize) -> Answer {
    serde_json::to_vec(answer).map_err(|error| BusError::Serialization(error.to_string()))
}

/// The answer of an action that has nothing to say.
fn nothing() -> Answer {
    Ok(b"{}".to_vec())
}

fn required<T>(value: Option<T>, name: &str) -> Result<T, BusError> {
    value.ok_or_else(|| {
        BusError::Validation(format!(
            "1 validation error detected: Value null at '{name}' failed to satisfy constraint: \
             Member must not be null"
        ))
    })
}

/// A page of things that are ordered by name: those after the token, at most `limit`, and the token
/// of the next page.
fn page<T>(
    items: impl Iterator<Item = T>,
    name: impl Fn(&T) -> &str,
    limit: Option<u32>,
    token: Option<&str>,
) -> Result<(Vec<T>, Option<String>), BusError> {
    let limit = match limit {
        None => 100,
        Some(limit @ 1..=100) => limit as usize,
        Some(limit) => {
            return Err(BusError::Validation(format!(
                "1 validation error detected: Value '{limit}' at 'limit' failed to satisfy \
                 constraint: Member must have value between 1 and 100"
            )));
        }
    };
    let mut rest = items.filter(|item| token.is_none_or(|token| name(item) > token));
    let page: Vec<T> = rest.by_ref().take(limit).collect();
    let next = rest.next().and_then(|_| page.last()).map(|last| name(last).to_owned());
    Ok((page, next))
}
