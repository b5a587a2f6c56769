//! Topics and subscriptions of queues and functions.
//!
//! Refuses the protocols that lead out of the stage (HTTP, e-mail, text messages) and topics that keep messages.

use crate::template::Resource;
use crate::template::error::Fault;
use crate::template::evaluate::Evaluator;
use crate::template::plan::{Plan, Subscription, Topic};
use crate::template::properties::{InertProperties, Properties};

const INERT_OF_TOPIC: InertProperties = &[
    ("ContentBasedDeduplication", "queues deduplicate anyway"),
    ("DataProtectionPolicy", "no effect locally"),
    ("DeliveryStatusLogging", "monitoring only"),
    ("DisplayName", "no effect locally"),
    ("FifoThroughputScope", "throttling is not emulated"),
    ("FifoTopic", "messages are delivered in order of arrival"),
    ("KmsMasterKeyId", "encryption is not emulated"),
    ("SignatureVersion", "messages are not signed"),
    ("Tags", "no effect locally"),
    ("TopicName", "read with the resource's name"),
    ("TracingConfig", "trace IDs are propagated, but traces are not recorded"),
];

/// Reads a topic, with the subscriptions that stand in it.
pub(super) fn topic(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_TOPIC, evaluator);
    let (Ok(name), Ok(arn)) = (evaluator.name(id), evaluator.resource_reference(id)) else {
        return properties.finish();
    };
    for (index, mut part) in properties.sections("Subscription").into_iter().enumerate() {
        let endpoint = endpoint(&mut part);
        if let Some(endpoint) = endpoint {
            plan.subscriptions.push(subscribed(format!("{id}{index}"), &arn, endpoint));
        }
        properties.absorb(part);
    }
    let sizes = limits::SNS_LEAST_MAXIMUM_BYTES..=limits::SNS_MOST_MAXIMUM_BYTES;
    let max_bytes = properties.integer("MaximumMessageSize", sizes);
    let max_bytes = max_bytes.unwrap_or(limits::SNS_MESSAGE_BYTES);
    plan.topics.push(Topic { id: id.to_owned(), name, arn, max_bytes });
    properties.finish()
}

fn subscribed(id: String, topic: &str, endpoint: String) -> Subscription {
    let unique = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, id.as_bytes());
    Subscription {
        arn: format!("{topic}:{unique}"),
        id,
        topic: topic.to_owned(),
        endpoint,
        is_raw: false,
        filter: None,
        filters_body: false,
        dead_letter: None,
    }
}

/// The queue or function that is subscribed.
fn endpoint(properties: &mut Properties) -> Option<String> {
    let protocol = properties.required_text("Protocol");
    let endpoint = properties.required_text("Endpoint");
    match protocol.as_str() {
        "sqs" | "lambda" => Some(endpoint),
        _ => {
            properties.lacks(
                "Protocol",
                "must be sqs or lambda: only queues and functions are supported",
            );
            None
        }
    }
}

const INERT_OF_SUBSCRIPTION: InertProperties = &[
    ("DeliveryPolicy", "for HTTP endpoints only"),
    ("Region", "there is only one region"),
    ("SubscriptionRoleArn", "for Firehose only"),
];

/// Reads a subscription.
pub(super) fn subscription(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_SUBSCRIPTION, evaluator);
    let topic = properties.required_text("TopicArn");
    let Some(endpoint) = endpoint(&mut properties) else { return properties.abandon() };
    let mut subscription = subscribed(id.to_owned(), &topic, endpoint);
    subscription.is_raw = properties.flag("RawMessageDelivery").unwrap_or(false);
    subscription.filter = properties.json("FilterPolicy");
    subscription.filters_body = match properties.text("FilterPolicyScope").as_deref() {
        None | Some("MessageAttributes") => false,
        Some("MessageBody") => true,
        Some(_) => {
            properties.refuse("FilterPolicyScope", "must be MessageAttributes or MessageBody");
            false
        }
    };
    if let Some(mut policy) = properties.section("RedrivePolicy") {
        subscription.dead_letter = Some(policy.required_text("deadLetterTargetArn"));
        properties.absorb(policy);
    }
    plan.subscriptions.push(subscription);
    properties.finish()
}

/// What can only be said when everything is read: both ends of a subscription exist.
pub(super) fn check(plan: &Plan) -> Vec<Fault> {
    let mut faults = Vec::new();
    for subscription in &plan.subscriptions {
        let mut refuse = |message: String| {
            faults.push(Fault::new(format!("resource `{}`", subscription.id), message));
        };
        if !plan.topics.iter().any(|topic| topic.arn == subscription.topic) {
            refuse(format!("`{}` is not a topic of the template", subscription.topic));
        }
        let endpoint = &subscription.endpoint;
        let name = super::function_name(endpoint);
        let exists = plan.queues.iter().any(|queue| queue.arn == *endpoint)
            || plan.functions.iter().any(|function| function.name == name);
        if !exists {
            refuse(format!("`{endpoint}` is not a queue or function of the template"));
        }
    }
    faults
}
