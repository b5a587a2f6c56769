//! Owns the actions on messages in flight: delete and change visibility, one or a batch. It refuses
//! to read receipt handles.

use super::{Answer, Entry, batch, natural, nothing, required};
use crate::queue::service::QueueService;
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Delete {
    queue_url: Option<String>,
    receipt_handle: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct DeleteBatch {
    queue_url: Option<String>,
    entries: Option<Vec<DeleteEntry>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct DeleteEntry {
    id: String,
    receipt_handle: Option<String>,
}

/// The answer to an entry that has nothing to say but that it succeeded.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Done {
    id: String,
}

impl Entry for DeleteEntry {
    const NAME: &'static str = "DeleteMessageBatchRequestEntry";
    fn id(&self) -> &str {
        &self.id
    }
}

pub(super) fn delete(service: &QueueService, request: Delete) -> Answer {
    let queue = service.queue_by_url(&required(request.queue_url, "QueueUrl")?)?;
    queue.delete(&required(request.receipt_handle, "ReceiptHandle")?)?;
    nothing()
}

pub(super) fn delete_batch(service: &QueueService, request: DeleteBatch) -> Answer {
    let queue = service.queue_by_url(&required(request.queue_url, "QueueUrl")?)?;
    batch(required(request.entries, DeleteEntry::NAME)?, |entry| {
        queue.delete(&required(entry.receipt_handle, "ReceiptHandle")?)?;
        Ok(Done { id: entry.id })
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct ChangeVisibility {
    queue_url: Option<String>,
    receipt_handle: Option<String>,
    visibility_timeout: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct ChangeVisibilityBatch {
    queue_url: Option<String>,
    entries: Option<Vec<ChangeVisibilityEntry>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct ChangeVisibilityEntry {
    id: String,
    receipt_handle: Option<String>,
    visibility_timeout: Option<i64>,
}

impl Entry for ChangeVisibilityEntry {
    const NAME: &'static str = "ChangeMessageVisibilityBatchRequestEntry";
    fn id(&self) -> &str {
        &self.id
    }
}

pub(super) fn change_visibility(service: &QueueService, request: ChangeVisibility) -> Answer {
    let queue = service.queue_by_url(&required(request.queue_url, "QueueUrl")?)?;
    let handle = required(request.receipt_handle, "ReceiptHandle")?;
    let timeout_s = required(request.visibility_timeout, "VisibilityTimeout")?;
    queue.change_visibility(&handle, natural("VisibilityTimeout", timeout_s)?)?;
    nothing()
}

pub(super) fn change_visibility_batch(
    service: &QueueService,
    request: ChangeVisibilityBatch,
) -> Answer {
    let queue = service.queue_by_url(&required(request.queue_url, "QueueUrl")?)?;
    batch(required(request.entries, ChangeVisibilityEntry::NAME)?, |entry| {
        let handle = required(entry.receipt_handle, "ReceiptHandle")?;
        let timeout_s = required(entry.visibility_timeout, "VisibilityTimeout")?;
        queue.change_visibility(&handle, natural("VisibilityTimeout", timeout_s)?)?;
        Ok(Done { id: entry.id })
    })
}
