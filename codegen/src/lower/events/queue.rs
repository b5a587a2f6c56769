//! Queues: those of an `sqs` binding, those that are only named, and those that a receiver gets by default.

use super::delivery::{LONGEST_RETENTION, bounded};
use crate::diag::catalog::{events as fault, shape as shape_fault};
use crate::lower::{Scope, names};
use crate::model::{Fifo, Queue};
use crate::parse::Node;

/// A queue of an `sqs` binding.
pub(super) fn lower_queue(scope: Scope<'_>, node: &Node) -> Option<Queue> {
    if scope.docs.failed(node) {
        return None;
    }
    let named = node.get("name")?;
    let name = named.text()?;
    let is_fifo = node.is_set("fifoQueue");
    check_queue_name(scope, named, name, is_fifo)?;
    check_fifo(scope, node, is_fifo)?;
    let text = |key: &str| node.text_at(key).map(str::to_owned);
    let fifo = is_fifo.then(|| Fifo {
        deduplication_scope: text("deduplicationScope"),
        throughput_limit: text("fifoThroughputLimit"),
        group_path: None,
        deduplication_path: None,
    });
    check_tags(scope, node)?;
    let tags = node.get("tags").into_iter().flat_map(Node::entries);
    Some(Queue {
        name: names::name(name),
        fifo,
        delay_seconds: bounded(scope, node, "deliveryDelay", 0, 0, limits::SQS_DELAY)?,
        visibility_timeout_seconds: bounded(
            scope,
            node,
            "visibilityTimeout",
            60,
            0,
            limits::SQS_VISIBILITY,
        )?,
        receive_wait_seconds: bounded(
            scope,
            node,
            "receiveMessageWaitTime",
            20,
            0,
            limits::SQS_WAIT,
        )?,
        retention_seconds: bounded(
            scope,
            node,
            "messageRetentionPeriod",
            345_600,
            limits::SQS_RETENTION_LEAST,
            LONGEST_RETENTION,
        )?,
        tags: tags
            .filter_map(|entry| Some((entry.key.clone(), entry.value.text()?.to_owned())))
            .collect(),
        origin: scope.origin(node.span),
    })
}

/// Whether SQS takes the tags of a queue.
fn check_tags(scope: Scope<'_>, node: &Node) -> Option<()> {
    let tags = node.get("tags").map(Node::entries).unwrap_or_default();
    let mut sound = true;
    for entry in tags {
        if let Some(why) = tag_fault(&entry.key, entry.value.text().unwrap_or_default()) {
            scope.sink.report(fault::bad_tag(entry.key_span, &entry.key, why));
            sound = false;
        }
    }
    if let Some(one_more) = tags.get(MAX_TAGS) {
        let why = "a queue has at most 50 tags";
        scope.sink.report(fault::bad_tag(one_more.key_span, &one_more.key, why));
        sound = false;
    }
    sound.then_some(())
}

/// How many tags a queue has at most (SQS, `TagQueue`).
const MAX_TAGS: usize = 50;

/// What AWS would refuse of a tag.
pub(crate) fn tag_fault(key: &str, value: &str) -> Option<&'static str> {
    if key.is_empty() {
        Some("the key of a tag has at least one character")
    } else if key.chars().count() > 128 {
        Some("the key of a tag has at most 128 characters")
    } else if key.to_ascii_lowercase().starts_with("aws:") {
        Some("keys of tags that start with `aws:` are reserved")
    } else if value.chars().count() > 256 {
        Some("the value of a tag has at most 256 characters")
    } else {
        None
    }
}

/// Whether SQS takes what a queue says of its order; a standard queue has none.
fn check_fifo(scope: Scope<'_>, node: &Node, is_fifo: bool) -> Option<()> {
    if !is_fifo {
        for key in ["deduplicationScope", "fifoThroughputLimit"] {
            if let Some(entry) = node.entry(key) {
                let why = "only FIFO queues have it; this one is a standard queue";
                scope.sink.report(shape_fault::ignored_key(entry.named(), "queue", why));
            }
        }
        return Some(());
    }
    let limit = node.get("fifoThroughputLimit");
    let by_group = limit.filter(|limit| limit.text() == Some("perMessageGroupId"));
    let Some(by_group) = by_group else { return Some(()) };
    let deduplication = node.get("deduplicationScope");
    if deduplication.and_then(Node::text) == Some("messageGroup") {
        return Some(());
    }
    scope.sink.report(fault::throughput_by_group(by_group.span, deduplication.map(|one| one.span)));
    None
}

fn check_queue_name(scope: Scope<'_>, named: &Node, name: &str, is_fifo: bool) -> Option<()> {
    if name.ends_with(".fifo") != is_fifo {
        scope.sink.report(fault::fifo_name(named.span, name, is_fifo));
        return None;
    }
    let plain = name.trim_end_matches(".fifo");
    let legal = |char: char| char.is_ascii_alphanumeric() || "_-".contains(char);
    if plain.is_empty() || name.len() > limits::SQS_QUEUE_NAME as usize || !plain.chars().all(legal)
    {
        scope.sink.report(fault::bad_queue_name(named.span, name));
        return None;
    }
    Some(())
}

/// A queue that a contract names and says nothing else of.
pub(super) fn named_queue(scope: Scope<'_>, named: &Node) -> Option<Queue> {
    let name = named.text()?;
    if name.ends_with(".fifo") {
        scope.sink.report(fault::failures_in_order(named.span, name));
        return None;
    }
    check_queue_name(scope, named, name, false)?;
    Some(plain(scope, named, name))
}

/// The queue of a receiver whose channel has none, where `spec/defaults.yaml` says that receivers poll.
pub(super) fn default_queue(scope: Scope<'_>, operation: &Node, id: &str, timeout: u32) -> Queue {
    // As AWS advises: six times the function's timeout, so that a batch is not delivered twice while it is worked on.
    let visibility_timeout_seconds = timeout.saturating_mul(6).clamp(60, limits::SQS_VISIBILITY);
    let name = names::bounded(&names::joined(&[id, "queue"]), 60);
    Queue {
        visibility_timeout_seconds,
        retention_seconds: 345_600,
        ..plain(scope, operation, &name)
    }
}

/// Its dead-letter queue.
pub(super) fn default_dead_letters(scope: Scope<'_>, operation: &Node, id: &str) -> Queue {
    plain(scope, operation, &names::bounded(&names::joined(&[id, "dead", "letters"]), 60))
}

fn plain(scope: Scope<'_>, node: &Node, name: &str) -> Queue {
    Queue {
        name: names::name(name),
        fifo: None,
        delay_seconds: 0,
        visibility_timeout_seconds: 30,
        receive_wait_seconds: 20,
        retention_seconds: LONGEST_RETENTION,
        tags: vec![],
        origin: scope.origin(node.span),
    }
}
