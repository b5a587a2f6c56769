//! Asynchronous invocations: retries, age, destinations and dead letters.
//!
//! Owns what becomes of an event that somebody handed over without waiting. Knows nothing of what takes records: that is told
//! by whoever stands functions up. With a data folder, events survive the stage; their
//! attempts are counted anew then.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::error::{Failure, InvocationOutcome, Refusal};
use super::function::{Function, Invocation};
use super::{Functions, LATEST};
use crate::log::Log;
use crate::store::{Change, Kind, Store, StoreError};

/// What somebody is told of an asynchronous invocation.
#[derive(Debug, Clone)]
pub struct Record {
    /// The text, JSON.
    pub body: String,
    /// Attributes of a message: name, data type and value.
    pub attributes: Vec<(&'static str, &'static str, String)>,
    /// Whether it is about a success.
    pub is_success: bool,
    /// The ARN of the function, with the version or alias that was invoked.
    pub function_arn: String,
}

/// Takes a record of a function, by its name, for what an ARN names.
type Send = dyn Fn(&str, &str, Record) + std::marker::Send + Sync;

/// Where records of asynchronous invocations go.
#[derive(Clone)]
pub struct Destinations(Arc<Send>);

impl Destinations {
    /// Hands every record to `send`, with the function's name and the ARN of what takes it.
    pub fn new(send: impl Fn(&str, &str, Record) + std::marker::Send + Sync + 'static) -> Self {
        Self(Arc::new(send))
    }

    /// Sends the outcome of a function's stream records to the destination that an ARN names.
    pub(crate) fn send(&self, function: &str, arn: &str, body: String) {
        let (attributes, function_arn) = (Vec::new(), String::new());
        (self.0)(function, arn, Record { body, attributes, is_success: false, function_arn });
    }
}

impl fmt::Debug for Destinations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Destinations")
    }
}

/// How long Lambda waits before it tries again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retries {
    /// Before the second attempt, when the function failed.
    pub first: Duration,
    /// Before the third.
    pub second: Duration,
    /// Before an attempt after the function was throttled; doubled each time, to 300 times this at most.
    pub throttled: Duration,
}

impl Default for Retries {
    /// As in AWS: one minute, two minutes, and from one second on.
    fn default() -> Self {
        Self {
            first: Duration::from_secs(60),
            second: Duration::from_secs(120),
            throttled: Duration::from_secs(1),
        }
    }
}

impl Function {
    /// Takes an event to be processed whenever it can be. Returns its request id.
    pub fn invoke_later(
        self: &Arc<Self>,
        mut invocation: Invocation,
        retries: Retries,
        destinations: Destinations,
    ) -> String {
        let request_id =
            invocation.request_id.take().unwrap_or_else(|| crate::ids::uuid().to_string());
        invocation.request_id = Some(request_id.clone());
        invocation.trace_id.get_or_insert_with(crate::ids::trace_id);
        self.keep(&invocation);
        let function = Arc::clone(self);
        tokio::spawn(async move {
            let (function, end) = attempt(function, &invocation, retries).await;
            function.record(&invocation, &end, &destinations);
            if end.condition != Condition::ShuttingDown {
                function.forget(&invocation);
            }
        });
        request_id
    }

    /// Writes an event before anybody hears that it was taken. Without a data folder, nothing.
    fn keep(&self, invocation: &Invocation) {
        let Some(store) = &self.settings.store else { return };
        let kept = Kept {
            function: self.declared.name.clone(),
            payload: String::from_utf8_lossy(&invocation.payload).into_owned(),
            trace_id: invocation.trace_id.clone(),
            client_context: invocation.client_context.clone(),
            qualifier: invocation.qualifier.clone(),
        };
        let key = invocation.request_id.clone().unwrap_or_default();
        if let Err(error) = store.commit(&[Change::put(Kind::Invocation, key, &kept)]) {
            self.settings
                .log
                .problem(self.name(), &format!("an event would not survive the stage: {error}"));
        }
    }

    fn forget(&self, invocation: &Invocation) {
        let Some(store) = &self.settings.store else { return };
        let key = invocation.request_id.clone().unwrap_or_default();
        if let Err(error) = store.commit(&[Change::remove(Kind::Invocation, key)]) {
            let text = format!("an event will be processed once more by the next stage: {error}");
            self.settings.log.problem(self.name(), &text);
        }
    }

    fn record(&self, invocation: &Invocation, end: &End, destinations: &Destinations) {
        let config = self.declared.asynchronous(invocation.qualifier.as_deref());
        let condition = match end.condition {
            Condition::ShuttingDown => return,
            Condition::Removed => {
                let id = invocation.request_id.as_deref().unwrap_or_default();
                let text = format!("{DROPPED} ({id})");
                return self.settings.log.problem(self.name(), &text);
            }
            condition => condition,
        };
        let destination = match condition {
            Condition::Success => &config.on_success,
            _ => &config.on_failure,
        };
        if let Some(arn) = destination {
            let body = record(self, invocation, end).to_string();
            let is_success = condition == Condition::Success;
            let record = self.told(invocation, body, Vec::new(), is_success);
            (destinations.0)(self.name(), arn, record);
        }
        if condition == Condition::Success {
            return;
        }
        let request_id = invocation.request_id.clone().unwrap_or_default();
        let reason =
            end.last.as_ref().map_or_else(|| "it was never processed".to_owned(), message_of);
        let text = format!(
            "gave an asynchronous event up after {} attempts ({request_id}): {reason}",
            end.n_attempts
        );
        self.settings.log.problem(self.name(), &text);
        if let Some(arn) = &self.declared.dead_letter {
            let body = String::from_utf8_lossy(&invocation.payload).into_owned();
            let reason = &reason[..reason.floor_char_boundary(MAX_ERROR_MESSAGE_BYTES)];
            let mut attributes = vec![
                ("RequestID", "String", request_id),
                ("ErrorCode", "Number", "200".to_owned()),
                ("ErrorMessage", "String", reason.to_owned()),
            ];
            attributes.retain(|(_, _, value)| !value.is_empty());
            let record = self.told(invocation, body, attributes, false);
            (destinations.0)(self.name(), arn, record);
        }
    }

    fn told(
        &self,
        invocation: &Invocation,
        body: String,
        attributes: Vec<(&'static str, &'static str, String)>,
        is_success: bool,
    ) -> Record {
        Record { body, attributes, is_success, function_arn: qualified_arn(self, invocation) }
    }
}

/// The most of an error message that a dead letter carries, in bytes (Lambda, "Adding a dead-letter queue").
const MAX_ERROR_MESSAGE_BYTES: usize = 1_024;

/// What is said of an event whose function has left the template.
const DROPPED: &str = "an event for it is dropped: there is no such function any more";

/// An event that waits for its function, as the store keeps it.
#[derive(serde::Serialize, serde::Deserialize)]
struct Kept {
    function: String,
    payload: String,
    trace_id: Option<String>,
    client_context: Option<String>,
    #[serde(default)]
    qualifier: Option<String>,
}

impl Functions {
    /// Invokes functions with the events that the stage before left.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub(crate) fn take_up(
        &self,
        store: &Store,
        retries: Retries,
        destinations: &Destinations,
        log: &Log,
    ) -> Result<(), StoreError> {
        for (key, kept) in store.load::<Kept>(Kind::Invocation, "an asynchronous invocation")? {
            let Some(function) = self.get(&kept.function) else {
                log.problem(&kept.function, DROPPED);
                store.commit(&[Change::remove(Kind::Invocation, key)])?;
                continue;
            };
            let invocation = Invocation {
                payload: kept.payload.into(),
                request_id: String::from_utf8(key).ok(),
                trace_id: kept.trace_id,
                client_context: kept.client_context,
                qualifier: kept.qualifier,
            };
            function.invoke_later(invocation, retries, destinations.clone());
        }
        Ok(())
    }
}

/// How an asynchronous invocation ended.
struct End {
    condition: Condition,
    n_attempts: u32,
    last: Option<InvocationOutcome>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Condition {
    Success,
    RetriesExhausted,
    EventAgeExceeded,
    /// The template has no such function any more.
    Removed,
    ShuttingDown,
}

/// Tries until it is decided what comes of an event. Each attempt is that of the function as it is then.
async fn attempt(
    mut function: Arc<Function>,
    invocation: &Invocation,
    retries: Retries,
) -> (Arc<Function>, End) {
    let arrived = Instant::now();
    let mut last = None;
    let mut n_attempts = 0;
    let mut back_off = retries.throttled;
    let condition = loop {
        let Some(latest) = function.latest() else { break Condition::Removed };
        function = latest;
        let config = function.declared.asynchronous(invocation.qualifier.as_deref());
        let pause = match function.invoke(invocation.clone()).await {
            Ok(outcome) => {
                n_attempts += 1;
                let succeeded = matches!(outcome, InvocationOutcome::Success(_));
                last = Some(outcome);
                if succeeded {
                    break Condition::Success;
                }
                if n_attempts > config.max_retries {
                    break Condition::RetriesExhausted;
                }
                if n_attempts == 1 { retries.first } else { retries.second }
            }
            Err(Refusal::ShuttingDown) => break Condition::ShuttingDown,
            // It is switched off, and AWS does not wait for it to be switched on.
            Err(Refusal::Throttled) if function.declared.reserved_concurrency == Some(0) => {
                break Condition::RetriesExhausted;
            }
            Err(_) => {
                let pause = back_off;
                back_off = (back_off * 2).min(retries.throttled * 300);
                pause
            }
        };
        if arrived.elapsed() + pause > config.max_age {
            break Condition::EventAgeExceeded;
        }
        tokio::time::sleep(pause).await;
    };
    (function, End { condition, n_attempts, last })
}

/// The ARN of a function with the version or alias by which it was invoked.
fn qualified_arn(function: &Function, invocation: &Invocation) -> String {
    format!("{}:{}", function.declared.arn, invocation.qualifier.as_deref().unwrap_or(LATEST))
}

/// The record that a destination gets (Lambda, "Destinations for asynchronous invocation").
fn record(function: &Function, invocation: &Invocation, end: &End) -> Value {
    let condition = match end.condition {
        Condition::Success => "Success",
        Condition::EventAgeExceeded => "EventAgeExceeded",
        _ => "RetriesExhausted",
    };
    // Every version and alias is the first version here.
    let version = if invocation.qualifier.is_some() { "1" } else { LATEST };
    let mut context = json!({ "statusCode": 200, "executedVersion": version });
    let payload = match &end.last {
        Some(InvocationOutcome::Success(payload)) => payload,
        Some(InvocationOutcome::Failure(failure)) => {
            context["functionError"] = "Unhandled".into();
            &failure.payload
        }
        None => &bytes::Bytes::from_static(b"null"),
    };
    json!({
        "version": "1.0",
        "timestamp": jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string(),
        "requestContext": {
            "requestId": invocation.request_id,
            "functionArn": qualified_arn(function, invocation),
            "condition": condition,
            "approximateInvokeCount": end.n_attempts,
        },
        "requestPayload": as_json(&invocation.payload),
        "responseContext": context,
        "responsePayload": as_json(payload),
    })
}

fn as_json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap_or_else(|_| String::from_utf8_lossy(bytes).into())
}

fn message_of(outcome: &InvocationOutcome) -> String {
    match outcome {
        InvocationOutcome::Success(_) => String::new(),
        InvocationOutcome::Failure(Failure { payload, .. }) => {
            let message =
                as_json(payload).get("errorMessage").and_then(Value::as_str).map(str::to_owned);
            message.unwrap_or_else(|| String::from_utf8_lossy(payload).into_owned())
        }
    }
}
