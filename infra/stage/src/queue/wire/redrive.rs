//! Owns the actions on dead-letter queues: who feeds them, and the tasks that empty them. It
//! refuses to move anything itself.

use super::{Answer, natural, required, write};
use crate::queue::error::QueueError;
use crate::queue::moves::{MoveStatus, MoveTask};
use crate::queue::service::QueueService;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Sources {
    queue_url: Option<String>,
    max_results: Option<i64>,
    next_token: Option<String>,
}

pub(super) fn sources(service: &QueueService, request: Sources) -> Answer {
    let queue = service.queue_by_url(&required(request.queue_url, "QueueUrl")?)?;
    let sources = service.sources_of(queue.arn());
    // This key begins with a small letter on AWS too.
    super::queues::page("queueUrls", sources, request.max_results, request.next_token)
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Start {
    source_arn: Option<String>,
    destination_arn: Option<String>,
    max_number_of_messages_per_second: Option<i64>,
}

pub(super) fn start(service: &QueueService, request: Start) -> Answer {
    let source = required(request.source_arn, "SourceArn")?;
    let rate = request.max_number_of_messages_per_second;
    let rate = rate.map(|rate| natural("MaxNumberOfMessagesPerSecond", rate)).transpose()?;
    let handle = service.start_move(&source, request.destination_arn.as_deref(), rate)?;
    write(&json!({"TaskHandle": handle}))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct List {
    source_arn: Option<String>,
    max_results: Option<i64>,
}

pub(super) fn list(service: &QueueService, request: List) -> Answer {
    let source = required(request.source_arn, "SourceArn")?;
    let limit = match request.max_results.unwrap_or(1) {
        limit @ 1..=10 => limit as usize,
        limit => {
            return Err(QueueError::InvalidParameterValue(format!(
                "Value {limit} for parameter MaxResults is invalid. Reason: Must be between 1 and \
                 10, if provided."
            )));
        }
    };
    let tasks: Vec<Value> = service.moves_of(&source, limit)?.iter().map(show).collect();
    write(&json!({"Results": tasks}))
}

fn show(task: &MoveTask) -> Value {
    let mut shown = json!({
        "Status": task.status.name(),
        "SourceArn": task.source_arn,
        "ApproximateNumberOfMessagesMoved": task.n_moved,
        "ApproximateNumberOfMessagesToMove": task.n_to_move,
        "StartedTimestamp": task.started_ms,
    });
    // A task can be called by its handle only while it runs.
    if task.status == MoveStatus::Running {
        shown["TaskHandle"] = json!(task.handle);
    }
    if let Some(arn) = &task.destination_arn {
        shown["DestinationArn"] = json!(arn);
    }
    if let Some(rate) = task.per_second {
        shown["MaxNumberOfMessagesPerSecond"] = json!(rate);
    }
    if let Some(reason) = task.failure {
        shown["FailureReason"] = json!(reason);
    }
    shown
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Cancel {
    task_handle: Option<String>,
}

pub(super) fn cancel(service: &QueueService, request: Cancel) -> Answer {
    let moved = service.cancel_move(&required(request.task_handle, "TaskHandle")?)?;
    write(&json!({"ApproximateNumberOfMessagesMoved": moved}))
}
