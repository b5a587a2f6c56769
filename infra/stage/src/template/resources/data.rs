//! Tables and queues.

use serde_json::{Map, json};

use crate::template::Resource;
use crate::template::error::Fault;
use crate::template::evaluate::Evaluator;
use crate::template::plan::{Plan, Queue, Table};
use crate::template::properties::{InertProperties, Properties};

const INERT_OF_TABLE: InertProperties = &[
    ("BillingMode", "billing and throttling are not emulated"),
    ("ProvisionedThroughput", "throttling is not emulated"),
    ("OnDemandThroughput", "throttling is not emulated"),
    ("WarmThroughput", "throttling is not emulated"),
    ("PointInTimeRecoverySpecification", "a local table is not backed up"),
    ("SSESpecification", "encryption is not emulated"),
    ("DeletionProtectionEnabled", "the stage does not delete tables"),
    ("TableClass", "cost only"),
    ("ContributorInsightsSpecification", "monitoring only"),
    ("ResourcePolicy", "the stage does not check permissions"),
    ("Replicas", "there is one region"),
    ("WriteProvisionedThroughputSettings", "throttling is not emulated"),
    ("WriteOnDemandThroughputSettings", "throttling is not emulated"),
    ("Tags", "no effect locally"),
];

/// Reads a table.
pub(super) fn table(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_TABLE, evaluator);
    properties.skip(&["TableName"]);
    let name = match evaluator.name(id) {
        Ok(name) => name,
        Err(fault) => return vec![fault],
    };
    if name.len() < 3 {
        properties
            .refuse("TableName", &format!("must have at least 3 characters; `{name}` has fewer"));
    }
    let mut request = Map::new();
    request.insert("TableName".to_owned(), name.clone().into());
    request.insert("BillingMode".to_owned(), "PAY_PER_REQUEST".into());
    for required in ["KeySchema", "AttributeDefinitions"] {
        match properties.json(required) {
            Some(value) => {
                request.insert(required.to_owned(), value);
            }
            None => properties.refuse(required, "is missing"),
        }
    }
    for (key, throughput) in [("GlobalSecondaryIndexes", true), ("LocalSecondaryIndexes", false)] {
        let Some(mut indexes) = properties.json(key) else { continue };
        if throughput && let Some(indexes) = indexes.as_array_mut() {
            for index in indexes.iter_mut().filter_map(serde_json::Value::as_object_mut) {
                for inert in [
                    "ProvisionedThroughput",
                    "OnDemandThroughput",
                    "WarmThroughput",
                    "WriteProvisionedThroughputSettings",
                    "WriteOnDemandThroughputSettings",
                    "ContributorInsightsSpecification",
                ] {
                    index.remove(inert);
                }
            }
        }
        request.insert(key.to_owned(), indexes);
    }
    if let Some(mut stream) = properties.section("StreamSpecification") {
        let view = stream.required_text("StreamViewType");
        stream.skip(&["ResourcePolicy"]);
        let stream_of = json!({ "StreamEnabled": true, "StreamViewType": view });
        request.insert("StreamSpecification".to_owned(), stream_of);
        properties.absorb(stream);
    }
    let ttl_attribute = properties.section("TimeToLiveSpecification").and_then(|mut ttl| {
        let enabled = ttl.flag("Enabled").unwrap_or(true);
        let attribute = ttl.text("AttributeName");
        properties.absorb(ttl);
        attribute.filter(|_| enabled)
    });
    plan.tables.push(Table { id: id.to_owned(), name, request: request.into(), ttl_attribute });
    properties.finish()
}

const INERT_OF_QUEUE: InertProperties = &[
    ("KmsMasterKeyId", "encryption is not emulated"),
    ("KmsDataKeyReusePeriodSeconds", "encryption is not emulated"),
    ("SqsManagedSseEnabled", "encryption is not emulated"),
    ("Tags", "no effect locally"),
];

/// Properties that are attributes of the `CreateQueue` API by the same name, with what they may hold.
const NUMBERS: [(&str, u32, u32); 5] = [
    ("DelaySeconds", 0, limits::SQS_DELAY),
    ("MaximumMessageSize", 1024, limits::SQS_MESSAGE_BYTES),
    ("MessageRetentionPeriod", limits::SQS_RETENTION_LEAST, limits::SQS_RETENTION),
    ("ReceiveMessageWaitTimeSeconds", 0, limits::SQS_WAIT),
    ("VisibilityTimeout", 0, limits::SQS_VISIBILITY),
];

/// Reads a queue.
pub(super) fn queue(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_QUEUE, evaluator);
    properties.skip(&["QueueName"]);
    let (name, arn, url) = match (
        evaluator.name(id),
        evaluator.resource_attribute(id, "Arn"),
        evaluator.resource_reference(id),
    ) {
        (Ok(name), Ok(arn), Ok(url)) => (name, arn, url),
        (Err(fault), ..) | (_, Err(fault), _) | (.., Err(fault)) => return vec![fault],
    };
    let mut attributes = std::collections::BTreeMap::new();
    for (key, least, most) in NUMBERS {
        if let Some(number) = properties.integer(key, least..=most) {
            attributes.insert(key.to_owned(), number.to_string());
        }
    }
    for key in ["FifoQueue", "ContentBasedDeduplication"] {
        if properties.flag(key) == Some(true) {
            attributes.insert(key.to_owned(), "true".to_owned());
        }
    }
    for key in ["DeduplicationScope", "FifoThroughputLimit"] {
        attributes.extend(properties.text(key).map(|text| (key.to_owned(), text)));
    }
    // Kept as any attribute is, and checked by the queues that name this one as theirs for dead letters.
    if let Some(policy) = properties.take("RedriveAllowPolicy") {
        let text = policy.to_text().unwrap_or_else(|| policy.to_json().to_string());
        attributes.insert("RedriveAllowPolicy".to_owned(), text);
    }
    if attributes.contains_key("FifoQueue") != name.ends_with(".fifo") {
        properties.refuse("QueueName", "must end in `.fifo` for a FIFO queue, and for no other");
    }
    let dead_letter = properties.section("RedrivePolicy").map(|mut policy| {
        let arn = policy.required_text("deadLetterTargetArn");
        let count = policy.integer("maxReceiveCount", 1..=limits::SQS_RECEIVE_COUNT).unwrap_or(10);
        properties.absorb(policy);
        let policy = json!({ "deadLetterTargetArn": arn, "maxReceiveCount": count });
        attributes.insert("RedrivePolicy".to_owned(), policy.to_string());
        arn
    });
    // Read apart: nothing is encrypted here, but a rule cannot send to a queue under some keys.
    let mut encryption = |key: &str| {
        let node = resource.property(key)?;
        evaluator.evaluate(node).ok()?
    };
    let is_managed = encryption("SqsManagedSseEnabled").is_some_and(|node| {
        node.to_json().as_bool() == Some(true) || node.as_str() == Some("true")
    });
    let kms_key = encryption("KmsMasterKeyId");
    let kms_key = kms_key.and_then(|node| node.as_str().map(str::to_owned));
    if is_managed && kms_key.as_ref().is_some_and(|key| !key.is_empty()) {
        properties
            .refuse("SqsManagedSseEnabled", "cannot be true where `KmsMasterKeyId` names a key");
    }
    plan.queues.push(Queue { id: id.to_owned(), name, arn, url, attributes, dead_letter, kms_key });
    properties.finish()
}
