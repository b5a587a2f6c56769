//! SQS queues and who may send to them.
//!
//! Queues are encrypted with SQS' own key: with a key that AWS manages in KMS, EventBridge could not deliver.

use super::names;
use super::plan::{Plan, PlannedQueue};
use super::roles::document;
use super::template::Resource;
use super::value::{Map, Value, attribute, reference, substitute};

/// Each queue with its policy.
pub(super) fn queues(plan: &Plan<'_>) -> Vec<Resource> {
    plan.queues.iter().flat_map(|planned| [queue(planned), policy(planned)]).collect()
}

fn queue(planned: &PlannedQueue<'_>) -> Resource {
    let queue = planned.queue;
    let some = |seconds: u32| (seconds > 0).then_some(seconds);
    let mut properties = Map::new()
        .with("QueueName", substitute(names::physical(&queue.name.wire)))
        .with("SqsManagedSseEnabled", true)
        .with("VisibilityTimeout", queue.visibility_timeout_seconds)
        .with("MessageRetentionPeriod", queue.retention_seconds)
        .with_some("ReceiveMessageWaitTimeSeconds", some(queue.receive_wait_seconds))
        .with_some("DelaySeconds", some(queue.delay_seconds));
    if let Some(fifo) = &queue.fifo {
        properties = properties
            .with("FifoQueue", true)
            .with("ContentBasedDeduplication", true)
            .with_some("DeduplicationScope", fifo.deduplication_scope.as_ref())
            .with_some("FifoThroughputLimit", fifo.throughput_limit.as_ref());
    }
    let tag = |(key, value): &(String, String)| Map::new().with("Key", key).with("Value", value);
    let tags: Vec<_> = queue.tags.iter().map(tag).collect();
    let properties = properties
        .with_some("RedrivePolicy", redrive(planned))
        .with_some("RedriveAllowPolicy", redrive_allow(planned))
        .with_some("Tags", (!tags.is_empty()).then_some(tags));
    Resource::new(names::queue_id(queue), "AWS::SQS::Queue", properties)
        .declared_at(&queue.origin.pointer)
}

fn redrive(planned: &PlannedQueue<'_>) -> Option<Map> {
    let (queue, count) = planned.redrive?;
    let arn = attribute(&names::queue_id(queue), "Arn");
    Some(Map::new().with("deadLetterTargetArn", arn).with("maxReceiveCount", count))
}

/// Which queues may use this one for their dead letters: those that do.
fn redrive_allow(planned: &PlannedQueue<'_>) -> Option<Map> {
    if !planned.holds_failures {
        return None;
    }
    if planned.redriven_from.is_empty() {
        return Some(Map::new().with("redrivePermission", "denyAll"));
    }
    let sources: Vec<_> =
        planned.redriven_from.iter().map(|queue| names::queue_arn_by_name(queue)).collect();
    Some(Map::new().with("redrivePermission", "byQueue").with("sourceQueueArns", sources))
}

fn policy(planned: &PlannedQueue<'_>) -> Resource {
    let id = names::queue_id(planned.queue);
    let properties = Map::new()
        .with("Queues", [reference(&id)])
        .with("PolicyDocument", document(policy_statements(planned)));
    Resource::new(format!("{id}Policy"), "AWS::SQS::QueuePolicy", properties)
}

/// Nobody without TLS, and of the AWS services only the rules that feed the queue.
pub(super) fn policy_statements(planned: &PlannedQueue<'_>) -> Vec<Map> {
    let id = names::queue_id(planned.queue);
    let rules: Vec<_> = planned.fed_by.iter().map(|rule| names::rule_id(rule)).collect();
    let fed = (!rules.is_empty()).then(|| take_from_rules(&id, &rules));
    fed.into_iter().chain([refuse_plain_http(&id)]).collect()
}

/// These rules may send to the queue.
pub(super) fn take_from_rules(queue_id: &str, rule_ids: &[String]) -> Map {
    let rules: Vec<_> = rule_ids.iter().map(|id| attribute(id, "Arn")).collect();
    let from = Map::new().with("ArnEquals", Map::new().with("aws:SourceArn", rules));
    Map::new()
        .with("Sid", "TakeFromRules")
        .with("Effect", "Allow")
        .with("Principal", Map::new().with("Service", "events.amazonaws.com"))
        .with("Action", "sqs:SendMessage")
        .with("Resource", attribute(queue_id, "Arn"))
        .with("Condition", from)
}

/// Nobody may use the queue without TLS.
pub(super) fn refuse_plain_http(queue_id: &str) -> Map {
    let plain =
        Map::new().with("Bool", Map::new().with("aws:SecureTransport", Value::from("false")));
    Map::new()
        .with("Sid", "RefusePlainHttp")
        .with("Effect", "Deny")
        .with("Principal", "*")
        .with("Action", "sqs:*")
        .with("Resource", attribute(queue_id, "Arn"))
        .with("Condition", plain)
}
