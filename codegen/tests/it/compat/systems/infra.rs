//! What an update of a stack loses: by the template, and by what AWS says that an update of each property does.
//!
//! Events count as lost that the rule no longer matches or the function no longer reads; queues and tables that the update
//! replaces are empty afterwards.

use serde_json::{Value, json};

use super::super::schemas::judge::Judge;
use super::super::schemas::value;
use crate::mutation::Dice;

/// What is lost for certain, and what may be.
#[derive(Debug, Default)]
pub(super) struct Lost {
    /// Messages, items, or somebody who read them.
    pub(super) surely: Vec<String>,
    /// Messages only where something is slow or fails, so that a warning is enough.
    pub(super) perhaps: Vec<String>,
}

fn resources(template: &Value) -> impl Iterator<Item = (&String, &Value)> {
    template["Resources"].as_object().into_iter().flatten()
}

/// Properties whose change replaces a resource that holds something (CloudFormation, "Update requires: Replacement").
const REPLACING: [(&str, &[&str]); 2] = [
    ("AWS::SQS::Queue", &["QueueName", "FifoQueue"]),
    ("AWS::DynamoDB::Table", &["TableName", "KeySchema", "LocalSecondaryIndexes"]),
];

/// Properties of which less is given: messages are lost, given up or processed twice sooner.
const LESS: [(&str, &[&str]); 3] = [
    (
        "AWS::SQS::Queue",
        &["/MessageRetentionPeriod", "/VisibilityTimeout", "/RedrivePolicy/maxReceiveCount"],
    ),
    (
        "AWS::Events::Rule",
        &[
            "/Targets/0/RetryPolicy/MaximumRetryAttempts",
            "/Targets/0/RetryPolicy/MaximumEventAgeInSeconds",
        ],
    ),
    ("AWS::Lambda::Function", &["/Timeout", "/MemorySize"]),
];

/// Properties whose change gives what is in flight another order or identity.
const OTHER: [(&str, &[&str]); 2] = [
    ("AWS::SQS::Queue", &["/DeduplicationScope", "/ContentBasedDeduplication"]),
    ("AWS::Events::Rule", &["/EventBusName", "/Targets/0/SqsParameters"]),
];

/// Compares two templates.
pub(super) fn compare(old: &Value, new: &Value, lost: &mut Lost) {
    for (id, was) in resources(old) {
        let kind = was["Type"].as_str().unwrap_or_default();
        let of = |table: &[(&str, &'static [&'static str])]| -> &'static [&'static str] {
            table.iter().find(|(name, _)| *name == kind).map_or(&[], |(_, keys)| keys)
        };
        let holds = !of(&REPLACING).is_empty();
        let Some(is) = new["Resources"].get(id).filter(|is| is["Type"] == was["Type"]) else {
            if holds {
                lost.surely.push(format!("{id} is gone"));
            }
            continue;
        };
        let (before, after) = (&was["Properties"], &is["Properties"]);
        let differs = |key: &&&str| before.get(**key) != after.get(**key);
        lost.surely.extend(
            of(&REPLACING).iter().filter(differs).map(|key| format!("{id} is replaced: {key}")),
        );
        let differs = |key: &&&str| before.pointer(key) != after.pointer(key);
        lost.surely
            .extend(of(&OTHER).iter().filter(differs).map(|key| format!("{id} has another {key}")));
        for key in of(&LESS) {
            let [was, is] = [before, after].map(|one| one.pointer(key).and_then(Value::as_i64));
            if was.zip(is).is_some_and(|(was, is)| is < was) {
                lost.perhaps.push(format!("{id} has less {key}"));
            }
        }
        if kind == "AWS::DynamoDB::Table" {
            compare_tables(id, before, after, lost);
        }
    }
}

fn compare_tables(id: &str, old: &Value, new: &Value, lost: &mut Lost) {
    let kind = |table: &Value, name: &Value| {
        let all = table["AttributeDefinitions"].as_array().into_iter().flatten();
        all.clone()
            .find(|one| one["AttributeName"] == *name)
            .map(|one| one["AttributeType"].clone())
    };
    for key in old["KeySchema"].as_array().into_iter().flatten() {
        let name = &key["AttributeName"];
        if kind(old, name) != kind(new, name) {
            lost.surely.push(format!("{id}: key {name} has another type"));
        }
    }
    let indexes =
        |table: &Value| table["GlobalSecondaryIndexes"].as_array().cloned().unwrap_or_default();
    let (before, after) = (indexes(old), indexes(new));
    let kept = |one: &&Value| after.iter().any(|other| other == *one);
    let gone = before.iter().filter(|one| !kept(one)).count();
    let came = after.iter().filter(|one| !before.contains(one)).count();
    // DynamoDB makes or deletes one index an update.
    if gone > 0 || came > 1 {
        lost.surely.push(format!("{id}: indexes"));
    }
    let ttl = |table: &Value| table.pointer("/TimeToLiveSpecification/AttributeName").cloned();
    match (ttl(old), ttl(new)) {
        (Some(was), Some(is)) if was != is => lost.surely.push(format!("{id}: expires by {is}")),
        (Some(_), Some(_)) | (None, None) => {}
        _ => lost.perhaps.push(format!("{id}: time to live")),
    }
}

/// The pattern of the one rule of a template.
fn pattern(template: &Value) -> Option<&Value> {
    resources(template).find_map(|(_, one)| one["Properties"].get("EventPattern"))
}

/// Whether a pattern matches an event (EventBridge, "Event patterns"), as far as the patterns here go.
fn matches(pattern: &Value, event: &Value) -> bool {
    let all = pattern.as_object().into_iter().flatten();
    all.into_iter().all(|(key, wanted)| match wanted {
        Value::Array(any) => any.iter().any(|one| is_one(one, event.get(key))),
        below => event.get(key).is_some_and(|event| matches(below, event)),
    })
}

fn is_one(wanted: &Value, found: Option<&Value>) -> bool {
    match wanted {
        Value::Object(rule) if rule.contains_key("exists") => rule["exists"] == found.is_some(),
        Value::Object(rule) => {
            let start = rule["prefix"].as_str().unwrap();
            found.and_then(Value::as_str).is_some_and(|text| text.starts_with(start))
        }
        plain => found == Some(plain),
    }
}

/// A message of a document, with its payload where a reference leads.
fn message<'v>(document: &'v Value, name: &str) -> (&'v Value, &'v Value) {
    let one = &document["components"]["messages"][name];
    let payload = match one["payload"].get("$ref") {
        Some(_) => &document["components"]["schemas"]["Moved"],
        None => &one["payload"],
    };
    (one, payload)
}

/// Events of others that were taken and are not.
pub(super) fn lost_events(
    dice: &mut Dice,
    [old, new]: [&Value; 2],
    templates: [&Value; 2],
    tries: usize,
) -> Vec<String> {
    let ((told, was), (_, is)) = (message(old, "Taken"), message(new, "Taken"));
    let (before, after) = (Judge::of(was), Judge::of(is));
    let [Some(old), Some(new)] = templates.map(pattern) else { return vec!["no rule".to_owned()] };
    for _ in 0..tries {
        let mut detail = value::of(dice, was);
        if detail.is_object() && dice.below(2) == 0 {
            detail["w"] = json!(["a", "b", "c", "ab"][dice.below(4)]);
        }
        let event = json!({
            "source": told["x-amazon-events-source"],
            "detail-type": told["x-amazon-events-detail-type"],
            "detail": detail,
        });
        // Senders know the payload, whichever of it the rule happens to let through.
        let is_taken = matches(new, &event) || !matches(old, &event);
        if before.takes(&event["detail"]) && !(is_taken && after.takes(&event["detail"])) {
            return vec![format!("{event} is not taken")];
        }
    }
    vec![]
}

/// Events that receivers of the old contract cannot read, or do not get.
pub(super) fn lost_tellings(
    dice: &mut Dice,
    old: &Value,
    new: &Value,
    tries: usize,
) -> Vec<String> {
    let ((told, was), (tells, is)) = (message(old, "Told"), message(new, "Told"));
    let marks = ["x-amazon-events-source", "x-amazon-events-detail-type"];
    if marks.iter().any(|key| told[key] != tells[key]) {
        return vec!["the event is another one".to_owned()];
    }
    let (before, after) = (Judge::of(was), Judge::of(is));
    let is = &value::as_sent(is);
    let mut values = (0..tries).map(|_| value::of(dice, is));
    let lost = values.find(|value| after.takes(value) && !before.takes(value));
    lost.map(|value| format!("{value} is told")).into_iter().collect()
}

/// Stored items that can no longer be read.
pub(super) fn lost_items(dice: &mut Dice, old: &Value, new: &Value, tries: usize) -> Vec<String> {
    let schema = |document: &Value| document["components"]["schemas"]["Thing"].clone();
    let (was, is) = (schema(old), schema(new));
    let (before, after) = (Judge::of(&was), Judge::of(&is));
    let mut values = (0..tries).map(|_| value::of(dice, &was));
    let lost = values.find(|value| before.takes(value) && !after.takes(value));
    lost.map(|value| format!("the item {value}")).into_iter().collect()
}
