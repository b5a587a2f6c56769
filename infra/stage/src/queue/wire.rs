//! Owns the JSON protocol of the queue service: the table of actions, the form of answers and
//! errors. It refuses to hold any rule about messages; it reads, asks the service, and writes.
//!
//! **Shape**: `POST /` with `X-Amz-Target: AmazonSQS.<Action>` and a JSON object as
//! `application/x-amz-json-1.0`. Errors carry `__type` and `message`, and the older code in
//! `x-amzn-query-error`.

mod permissions;
mod queues;
mod receipts;
mod receive;
mod redrive;
mod send;

use super::error::QueueError;
use super::service::QueueService;
use crate::fault::{Decision, Site};
use bytes::Bytes;
use hyper::Response;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;

/// What stands before the action in `X-Amz-Target`.
pub const TARGET_PREFIX: &str = "AmazonSQS.";

/// The media type of requests and answers.
pub const CONTENT: &str = "application/x-amz-json-1.0";

type Answer = Result<Vec<u8>, QueueError>;

impl QueueService {
    /// Answers a call of the JSON protocol. `action` is what follows [`TARGET_PREFIX`].
    pub async fn handle(&self, action: &str, body: &[u8]) -> Response<Bytes> {
        self.handle_traced(action, body, None).await
    }

    /// As [`QueueService::handle`], for a request with the header `X-Amzn-Trace-Id`.
    pub async fn handle_traced(
        &self,
        action: &str,
        body: &[u8],
        trace: Option<&str>,
    ) -> Response<Bytes> {
        let decision = self.shared.chaos.decide(Site::QueueCall);
        let answer = match decision {
            Decision::Fail(failure) => Err(failure.into()),
            Decision::Delay(by) => {
                self.shared.clock.sleep(by).await;
                self.act(action, body, trace).await
            }
            Decision::LoseResponse => {
                self.act(action, body, trace).await.and(Err(QueueError::InternalError))
            }
            Decision::Proceed | Decision::Duplicate { .. } | Decision::Kill(_) => {
                self.act(action, body, trace).await
            }
        };
        reply(answer)
    }

    /// The table of actions.
    async fn act(&self, action: &str, body: &[u8], trace: Option<&str>) -> Answer {
        match action {
            "SendMessage" => send::send(self, parse(body)?, trace),
            "SendMessageBatch" => send::send_batch(self, parse(body)?, trace),
            "ReceiveMessage" => receive::receive(self, parse(body)?).await,
            "DeleteMessage" => receipts::delete(self, parse(body)?),
            "DeleteMessageBatch" => receipts::delete_batch(self, parse(body)?),
            "ChangeMessageVisibility" => receipts::change_visibility(self, parse(body)?),
            "ChangeMessageVisibilityBatch" => receipts::change_visibility_batch(self, parse(body)?),
            "CreateQueue" => queues::create(self, parse(body)?),
            "DeleteQueue" => queues::delete(self, parse(body)?),
            "GetQueueUrl" => queues::url(self, parse(body)?),
            "ListQueues" => queues::list(self, parse(body)?),
            "GetQueueAttributes" => queues::attributes(self, parse(body)?),
            "SetQueueAttributes" => queues::set_attributes(self, parse(body)?),
            "PurgeQueue" => queues::purge(self, parse(body)?),
            "TagQueue" => queues::tag(self, parse(body)?),
            "UntagQueue" => queues::untag(self, parse(body)?),
            "ListQueueTags" => queues::tags(self, parse(body)?),
            "ListDeadLetterSourceQueues" => redrive::sources(self, parse(body)?),
            "StartMessageMoveTask" => redrive::start(self, parse(body)?),
            "ListMessageMoveTasks" => redrive::list(self, parse(body)?),
            "CancelMessageMoveTask" => redrive::cancel(self, parse(body)?),
            "AddPermission" => permissions::add(self, parse(body)?),
            "RemovePermission" => permissions::remove(self, parse(body)?),
            _ => Err(QueueError::UnknownOperation(action.to_owned())),
        }
    }
}

fn reply(answer: Answer) -> Response<Bytes> {
    let (status, body, error) = match answer {
        Ok(body) => (200, body, None),
        Err(error) => {
            let code = error.code();
            let body = json!({"__type": code.shape, "message": error.to_string()});
            let fault = if error.is_sender_fault() { "Sender" } else { "Receiver" };
            (code.status, body.to_string().into_bytes(), Some(format!("{};{fault}", code.legacy)))
        }
    };
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = hyper::StatusCode::from_u16(status).unwrap_or_default();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(CONTENT));
    if let Ok(id) = HeaderValue::from_str(&crate::ids::uuid().to_string()) {
        headers.insert("x-amzn-requestid", id);
    }
    if let Some(Ok(error)) = error.map(|error| HeaderValue::from_str(&error)) {
        headers.insert("x-amzn-query-error", error);
    }
    response
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, QueueError> {
    // An empty body stands for an empty object, as it does on AWS.
    let body = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(body).map_err(|error| QueueError::Serialization(error.to_string()))
}

fn write(answer: &impl Serialize) -> Answer {
    serde_json::to_vec(answer).map_err(|error| QueueError::Serialization(error.to_string()))
}

/// The answer of an action that has nothing to say.
fn nothing() -> Answer {
    Ok(b"{}".to_vec())
}

fn required<T>(value: Option<T>, name: &str) -> Result<T, QueueError> {
    value.ok_or_else(|| QueueError::MissingParameter(name.to_owned()))
}

/// A whole number that cannot be negative.
fn natural(name: &str, value: i64) -> Result<u32, QueueError> {
    u32::try_from(value).map_err(|_| {
        QueueError::InvalidParameterValue(format!(
            "Value {value} for parameter {name} is invalid. Reason: Must be >= 0."
        ))
    })
}

/// A request that names its queue and nothing else.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct OfQueue {
    queue_url: Option<String>,
}

/// An entry of a batch.
trait Entry {
    /// What the entry is called in errors about the batch.
    const NAME: &'static str;
    fn id(&self) -> &str;
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct BatchAnswer<T> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    successful: Vec<T>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    failed: Vec<FailedEntry>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct FailedEntry {
    id: String,
    sender_fault: bool,
    code: String,
    message: String,
}

/// Runs each entry of a batch on its own; the batch as a whole fails only when its form is wrong.
fn batch<E: Entry, T: Serialize>(
    entries: Vec<E>,
    mut run: impl FnMut(E) -> Result<T, QueueError>,
) -> Answer {
    check_batch(&entries)?;
    let mut answer = BatchAnswer { successful: Vec::new(), failed: Vec::new() };
    for entry in entries {
        let id = entry.id().to_owned();
        match run(entry) {
            Ok(done) => answer.successful.push(done),
            Err(error) => answer.failed.push(FailedEntry {
                id,
                sender_fault: error.is_sender_fault(),
                code: error.code().legacy.to_owned(),
                message: error.to_string(),
            }),
        }
    }
    write(&answer)
}

fn check_batch<E: Entry>(entries: &[E]) -> Result<(), QueueError> {
    if entries.is_empty() {
        return Err(QueueError::EmptyBatchRequest(E::NAME));
    }
    if entries.len() > 10 {
        return Err(QueueError::TooManyEntriesInBatchRequest(entries.len()));
    }
    let mut ids = BTreeSet::new();
    for id in entries.iter().map(Entry::id) {
        let legal = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if !(1..=80).contains(&id.len()) || !id.bytes().all(legal) {
            return Err(QueueError::InvalidBatchEntryId);
        }
        if !ids.insert(id) {
            return Err(QueueError::BatchEntryIdsNotDistinct(id.to_owned()));
        }
    }
    Ok(())
}
