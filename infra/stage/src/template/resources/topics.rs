//! Topics and subscriptions of queues and functions.
//!
//! Refuses the protocols that lead out of the stage (HTTP, e-mail, text messages) and topics that keep messages.

use crate::template::Resource;
use crate::template::error::Fault;
use crate::template::evaluate::Evaluator;
use crate::template::plan::{FifoTopic, Plan, Subscription, Topic};
use crate::template::properties::{InertProperties, Properties};
use crate::topic::Filter;

const INERT_OF_TOPIC: InertProperties = &[
    ("DataProtectionPolicy", "no effect locally"),
    ("DeliveryStatusLogging", "monitoring only"),
    ("DisplayName", "no effect locally"),
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
    let fifo = fifo(&mut properties, &name);
    plan.topics.push(Topic { id: id.to_owned(), name, arn, max_bytes, fifo });
    properties.finish()
}

/// What makes a topic FIFO, which its name has to show.
fn fifo(properties: &mut Properties, name: &str) -> Option<FifoTopic> {
    let is_fifo = properties.flag("FifoTopic").unwrap_or(false);
    let by_content = properties.flag("ContentBasedDeduplication").unwrap_or(false);
    let per_group = match properties.text("FifoThroughputScope").as_deref() {
        None | Some("Topic") => false,
        Some("MessageGroup") => true,
        Some(_) => {
            properties.refuse("FifoThroughputScope", "must be Topic or MessageGroup");
            false
        }
    };
    if is_fifo != name.ends_with(".fifo") {
        properties.refuse("TopicName", "must end in `.fifo` for a FIFO topic, and for no other");
    }
    if by_content && !is_fifo {
        properties.refuse("ContentBasedDeduplication", "is for FIFO topics only");
    }
    is_fifo.then_some(FifoTopic { by_content, per_group })
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
    subscription.filter = filter(&mut properties);
    if let Some(mut policy) = properties.section("RedrivePolicy") {
        subscription.dead_letter = Some(policy.required_text("deadLetterTargetArn"));
        properties.absorb(policy);
    }
    plan.subscriptions.push(subscription);
    properties.finish()
}

fn filter(properties: &mut Properties) -> Option<Filter> {
    let policy = properties.json("FilterPolicy");
    let is_of_body = match properties.text("FilterPolicyScope").as_deref() {
        None | Some("MessageAttributes") => false,
        Some("MessageBody") => true,
        Some(_) => {
            properties.refuse("FilterPolicyScope", "must be MessageAttributes or MessageBody");
            return None;
        }
    };
    Filter::read(policy?, is_of_body).unwrap_or_else(|fault| {
        properties.refuse("FilterPolicy", &fault);
        None
    })
}

/// Subscriptions of one queue or function to one topic that differ: AWS refuses the second. Equal ones are one.
fn subscribed_twice(plan: &Plan) -> Vec<Fault> {
    let settings = |one: &Subscription| (one.is_raw, one.filter.clone(), one.dead_letter.clone());
    let all = plan.subscriptions.iter().enumerate();
    all.filter_map(|(at, one)| {
        let mut earlier = plan.subscriptions[..at].iter();
        let other = earlier.find(|other| {
            (&other.topic, &other.endpoint) == (&one.topic, &one.endpoint)
                && settings(other) != settings(one)
        })?;
        let message = format!(
            "`{}` subscribes `{}` to this topic already, with other properties: AWS refuses one of them",
            other.id, one.endpoint
        );
        Some(Fault::new(format!("resource `{}`", one.id), message))
    })
    .collect()
}

/// What can only be said when everything is read: both ends of a subscription exist.
pub(super) fn check(plan: &Plan) -> Vec<Fault> {
    let mut faults = subscribed_twice(plan);
    for subscription in &plan.subscriptions {
        let mut refuse = |message: String| {
            faults.push(Fault::new(format!("resource `{}`", subscription.id), message));
        };
        let topic = plan.topics.iter().find(|topic| topic.arn == subscription.topic);
        if topic.is_none() {
            refuse(format!("`{}` is not a topic of the template", subscription.topic));
        }
        let is_fifo = topic.is_some_and(|topic| topic.fifo.is_some());
        let endpoint = &subscription.endpoint;
        let name = super::function_name(endpoint);
        let exists = plan.queues.iter().any(|queue| queue.arn == *endpoint)
            || plan.functions.iter().any(|function| function.name == name);
        if !exists {
            refuse(format!("`{endpoint}` is not a queue or function of the template"));
        }
        if topic.is_some() && !is_fifo && endpoint.ends_with(".fifo") {
            refuse(format!(
                "`{endpoint}` is a FIFO queue, which AWS does not let subscribe to a standard topic: give the topic \
                 `FifoTopic: true`, or subscribe a standard queue"
            ));
        }
        let is_standard = |arn: &String| !arn.ends_with(".fifo");
        if is_fifo
            && endpoint.ends_with(".fifo")
            && subscription.dead_letter.as_ref().is_some_and(is_standard)
        {
            refuse(
                "AWS wants a FIFO queue for the dead letters of a FIFO queue that is subscribed to a FIFO topic"
                    .to_owned(),
            );
        }
        if is_fifo && endpoint.starts_with("arn:aws:lambda:") {
            refuse(
                "AWS does not let a function subscribe to a FIFO topic: subscribe a queue, and map it to the function"
                    .to_owned(),
            );
        }
    }
    faults
}
