//! Owns the actions on queues: create, delete, find, attributes, tags, purge. It refuses to know
//! messages.

use super::{Answer, OfQueue, nothing, required, write};
use crate::queue::error::QueueError;
use crate::queue::service::{Queue, QueueService};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Create {
    queue_name: Option<String>,
    #[serde(default)]
    attributes: BTreeMap<String, String>,
    #[serde(default, rename = "tags")]
    tags: BTreeMap<String, String>,
}

pub(super) fn create(service: &QueueService, request: Create) -> Answer {
    let name = required(request.queue_name, "QueueName")?;
    check_tags(&request.tags)?;
    let queue = service.create(&name, &request.attributes, request.tags)?;
    write(&json!({"QueueUrl": queue.url()}))
}

fn find(service: &QueueService, request: OfQueue) -> Result<Queue, QueueError> {
    service.queue_by_url(&required(request.queue_url, "QueueUrl")?)
}

pub(super) fn delete(service: &QueueService, request: OfQueue) -> Answer {
    find(service, request)?.remove()?;
    nothing()
}

pub(super) fn purge(service: &QueueService, request: OfQueue) -> Answer {
    find(service, request)?.purge()?;
    nothing()
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Url {
    queue_name: Option<String>,
    #[serde(rename = "QueueOwnerAWSAccountId")]
    owner: Option<String>,
}

pub(super) fn url(service: &QueueService, request: Url) -> Answer {
    let name = required(request.queue_name, "QueueName")?;
    if request.owner.is_some_and(|owner| owner != service.settings().account) {
        return Err(QueueError::QueueDoesNotExist);
    }
    write(&json!({"QueueUrl": service.queue(&name)?.url()}))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct List {
    #[serde(default)]
    queue_name_prefix: String,
    max_results: Option<i64>,
    next_token: Option<String>,
}

pub(super) fn list(service: &QueueService, request: List) -> Answer {
    let mut queues = service.queues();
    queues.retain(|queue| queue.name().starts_with(&request.queue_name_prefix));
    page("QueueUrls", queues, request.max_results, request.next_token)
}

/// A page of queue addresses under `key`. The token is the name that the page begins after.
pub(super) fn page(
    key: &str,
    mut queues: Vec<Queue>,
    max_results: Option<i64>,
    next_token: Option<String>,
) -> Answer {
    if let Some(token) = next_token {
        queues.retain(|queue| queue.name() > token.as_str());
    }
    let limit = match max_results {
        None => 1_000,
        Some(limit @ 1..=1_000) => limit as usize,
        Some(limit) => {
            return Err(QueueError::InvalidParameterValue(format!(
                "Value {limit} for parameter MaxResults is invalid. Reason: Must be between 1 and \
                 1000, if provided."
            )));
        }
    };
    let more = queues.len() > limit;
    queues.truncate(limit);
    let urls: Vec<String> = queues.iter().map(Queue::url).collect();
    // A list of queues that is empty is left out; one of the sources of a dead-letter queue is not.
    let is_left_out = urls.is_empty() && key == "QueueUrls";
    let mut answer = if is_left_out { json!({}) } else { json!({ key: urls }) };
    // A token is given only to those who asked for pages.
    if let Some(last) = queues.last().filter(|_| more && max_results.is_some()) {
        answer["NextToken"] = json!(last.name());
    }
    write(&answer)
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Attributes {
    queue_url: Option<String>,
    #[serde(default)]
    attribute_names: Vec<String>,
}

pub(super) fn attributes(service: &QueueService, request: Attributes) -> Answer {
    let queue = service.queue_by_url(&required(request.queue_url, "QueueUrl")?)?;
    let depth = queue.depth();
    let mut all: BTreeMap<&'static str, String> = queue.config().all().collect();
    all.extend([
        ("QueueArn", queue.arn().to_owned()),
        ("CreatedTimestamp", (queue.created_ms() / 1_000).to_string()),
        ("LastModifiedTimestamp", (queue.modified_ms() / 1_000).to_string()),
        ("ApproximateNumberOfMessages", depth.visible.to_string()),
        ("ApproximateNumberOfMessagesNotVisible", depth.in_flight.to_string()),
        ("ApproximateNumberOfMessagesDelayed", depth.delayed.to_string()),
    ]);
    let asked = &request.attribute_names;
    if let Some(unknown) = asked.iter().find(|name| *name != "All" && !is_known(name)) {
        return Err(QueueError::InvalidAttributeName(unknown.clone()));
    }
    all.retain(|name, _| asked.iter().any(|asked| asked == "All" || asked == name));
    if all.is_empty() {
        return nothing();
    }
    write(&json!({"Attributes": all}))
}

/// Whether a queue can have this attribute, if perhaps this one has not.
fn is_known(name: &str) -> bool {
    const MADE: [&str; 6] = [
        "QueueArn",
        "CreatedTimestamp",
        "LastModifiedTimestamp",
        "ApproximateNumberOfMessages",
        "ApproximateNumberOfMessagesNotVisible",
        "ApproximateNumberOfMessagesDelayed",
    ];
    MADE.contains(&name) || crate::queue::config::SETTABLE.contains(&name)
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct SetAttributes {
    queue_url: Option<String>,
    attributes: Option<BTreeMap<String, String>>,
}

pub(super) fn set_attributes(service: &QueueService, request: SetAttributes) -> Answer {
    let queue = service.queue_by_url(&required(request.queue_url, "QueueUrl")?)?;
    queue.set(&required(request.attributes, "Attributes")?)?;
    nothing()
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Tag {
    queue_url: Option<String>,
    tags: Option<BTreeMap<String, String>>,
}

pub(super) fn tag(service: &QueueService, request: Tag) -> Answer {
    let queue = service.queue_by_url(&required(request.queue_url, "QueueUrl")?)?;
    let added = required(request.tags.filter(|tags| !tags.is_empty()), "Tags")?;
    check_tags(&added)?;
    let mut merged = queue.tags().clone();
    merged.extend(added);
    if merged.len() > 50 {
        return Err(QueueError::InvalidParameterValue(format!(
            "Too many tags added for queue {}.",
            queue.name()
        )));
    }
    queue.set_tags(merged)?;
    nothing()
}

/// Source: Amazon SQS Developer Guide, "Tag restrictions".
fn check_tags(tags: &BTreeMap<String, String>) -> Result<(), QueueError> {
    let refuse = |reason: &str| Err(QueueError::InvalidParameterValue(reason.to_owned()));
    for (key, value) in tags {
        if !(1..=128).contains(&key.chars().count()) {
            return refuse(KEY_LENGTH);
        }
        if value.chars().count() > 256 {
            return refuse("Tag values must be between 0 and 256 characters in length.");
        }
        if key.to_ascii_lowercase().starts_with("aws:") {
            return refuse("Tag keys must not begin with aws:.");
        }
    }
    Ok(())
}

const KEY_LENGTH: &str = "Tag keys must be between 1 and 128 characters in length.";

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Untag {
    queue_url: Option<String>,
    tag_keys: Option<Vec<String>>,
}

pub(super) fn untag(service: &QueueService, request: Untag) -> Answer {
    let queue = service.queue_by_url(&required(request.queue_url, "QueueUrl")?)?;
    let keys = required(request.tag_keys, "TagKeys")?;
    if keys.is_empty() || keys.iter().any(|key| !(1..=128).contains(&key.chars().count())) {
        return Err(QueueError::InvalidParameterValue(KEY_LENGTH.to_owned()));
    }
    let mut tags = queue.tags().clone();
    tags.retain(|key, _| !keys.contains(key));
    queue.set_tags(tags)?;
    nothing()
}

pub(super) fn tags(service: &QueueService, request: OfQueue) -> Answer {
    let queue = find(service, request)?;
    let tags = queue.tags();
    if tags.is_empty() {
        return nothing();
    }
    write(&json!({"Tags": *tags}))
}
