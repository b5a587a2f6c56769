//! What is done to a stage, drawn from a seed. Names are few, and a sequence draws from fewer still, so that calls meet.

use super::world::url;
use crate::account::{ACCOUNT, REGION};
use crate::fault::Dice;
use serde_json::{Value, json};

/// One thing that is done.
#[derive(Debug, Clone)]
pub(super) enum Op {
    /// A call of SQS.
    Queue(&'static str, Value),
    /// A call of EventBridge.
    Bus(&'static str, Value),
    /// So many messages are received from a queue.
    Receive(&'static str, u64),
    /// A call with one of the receipts that were given out.
    Receipt(&'static str, usize, Value),
    /// Time passes, in milliseconds.
    Wait(u64),
    /// The stage with a data folder is killed and started again.
    Stop,
}

const QUEUES: [&str; 5] = ["a", "dead", "c.fifo", "t", "t.fifo"];
const BUSES: [&str; 3] = ["default", "x", "tbus"];
const RULES: [&str; 4] = ["r", "s", "trule", "toften"];

/// What one sequence is about.
struct Few {
    queues: [&'static str; 2],
    buses: [&'static str; 2],
    rules: [&'static str; 2],
    /// Calls of SQS among sixteen calls.
    n_queue_ops: u64,
}

/// A sequence.
pub(super) fn draw(seed: u64) -> Vec<Op> {
    let mut dice = Dice::seeded(seed);
    let n = 10 + dice.below(50);
    let few = Few {
        queues: [one(&mut dice, &QUEUES), one(&mut dice, &QUEUES)],
        buses: [one(&mut dice, &BUSES), "default"],
        rules: [one(&mut dice, &RULES), one(&mut dice, &RULES)],
        n_queue_ops: one(&mut dice, &[0, 8, 16]),
    };
    let mut ops: Vec<Op> = (0..n).map(|_| op(&mut dice, &few)).collect();
    // What is hidden shows in the end.
    ops.extend([Op::Stop, Op::Wait(43_200_000)]);
    ops
}

fn one<T: Copy>(dice: &mut Dice, of: &[T]) -> T {
    of[dice.below(of.len() as u64) as usize]
}

fn op(dice: &mut Dice, few: &Few) -> Op {
    match dice.below(20) {
        n if n < few.n_queue_ops => queue_op(dice, few),
        0..16 => bus_op(dice, few),
        16 | 17 => Op::Wait(one(dice, &[1, 900, 2_000, 5_000, 61_000, 301_000, 400_000])),
        _ => Op::Stop,
    }
}

fn queue_op(dice: &mut Dice, few: &Few) -> Op {
    let queue = one(dice, &few.queues);
    let at = json!({ "QueueUrl": url(queue) });
    let with = |more: Value| {
        let mut body = at.clone();
        for (name, value) in more.as_object().into_iter().flatten() {
            body[name] = value.clone();
        }
        body
    };
    match dice.below(14) {
        0 | 1 => {
            let mut attributes = attributes(dice, queue);
            if queue.ends_with(".fifo") {
                attributes["FifoQueue"] = "true".into();
            }
            let body = json!({ "QueueName": queue, "Attributes": attributes, "tags": tags(dice) });
            Op::Queue("CreateQueue", body)
        }
        // The template makes its own queues again.
        2 if !queue.starts_with('t') => Op::Queue("DeleteQueue", at),
        3 => {
            Op::Queue("SetQueueAttributes", with(json!({ "Attributes": attributes(dice, queue) })))
        }
        4 => Op::Queue("TagQueue", with(json!({ "Tags": tags(dice) }))),
        5 => Op::Queue("UntagQueue", with(json!({ "TagKeys": ["k"] }))),
        6 => Op::Queue("PurgeQueue", at),
        7 => Op::Receipt("DeleteMessage", dice.below(8) as usize, json!({})),
        8 => {
            let timeout = json!({ "VisibilityTimeout": one(dice, &[0, 2, 100]) });
            Op::Receipt("ChangeMessageVisibility", dice.below(8) as usize, timeout)
        }
        9 | 10 => Op::Receive(queue, 1 + dice.below(3)),
        11 => Op::Queue("StartMessageMoveTask", json!({ "SourceArn": queue_arn("dead") })),
        _ => Op::Queue("SendMessage", with(message(dice, queue))),
    }
}

fn message(dice: &mut Dice, queue: &str) -> Value {
    let mut message = json!({ "MessageBody": format!("body {}", dice.below(4)) });
    if queue.ends_with(".fifo") {
        message["MessageGroupId"] = format!("g{}", dice.below(2)).into();
        message["MessageDeduplicationId"] = format!("d{}", dice.below(3)).into();
    } else if dice.below(3) == 0 {
        message["DelaySeconds"] = one(dice, &[1, 3, 300]).into();
    }
    if dice.below(3) == 0 {
        let label = json!({ "label": { "DataType": "Binary", "BinaryValue": "AP8=" } });
        message["MessageAttributes"] = label;
    }
    message
}

fn attributes(dice: &mut Dice, queue: &str) -> Value {
    let mut attributes = json!({});
    let timeouts = [("VisibilityTimeout", ["0", "1", "30"]), ("DelaySeconds", ["0", "2", "60"])];
    for (name, values) in timeouts {
        if dice.below(2) == 0 {
            attributes[name] = one(dice, &values).into();
        }
    }
    if dice.below(3) == 0 && !queue.ends_with(".fifo") {
        let redrive = json!({ "deadLetterTargetArn": queue_arn("dead"), "maxReceiveCount": 1 });
        attributes["RedrivePolicy"] = redrive.to_string().into();
    }
    attributes
}

fn tags(dice: &mut Dice) -> Value {
    match dice.below(3) {
        0 => json!({}),
        n => json!({ "k": n.to_string(), format!("k{n}"): "v" }),
    }
}

fn queue_arn(queue: &str) -> String {
    format!("arn:aws:sqs:{REGION}:{ACCOUNT}:{queue}")
}

fn bus_op(dice: &mut Dice, few: &Few) -> Op {
    let (bus, rule) = (one(dice, &few.buses), one(dice, &few.rules));
    let place = if bus == "default" { String::new() } else { format!("{bus}/") };
    let bus_arn = format!("arn:aws:events:{REGION}:{ACCOUNT}:event-bus/{bus}");
    let rule_arn = format!("arn:aws:events:{REGION}:{ACCOUNT}:rule/{place}{rule}");
    let named = json!({ "Name": rule, "EventBusName": bus });
    let arn = if dice.below(2) == 0 { &bus_arn } else { &rule_arn };
    match dice.below(20) {
        0 => {
            let settings = json!({ "Name": bus, "Description": text(dice) });
            Op::Bus("CreateEventBus", settings)
        }
        1 => Op::Bus("UpdateEventBus", json!({ "Name": bus, "Description": text(dice) })),
        2 => Op::Bus("DeleteEventBus", json!({ "Name": bus })),
        3..6 => Op::Bus("PutRule", new_rule(dice, named)),
        6 => Op::Bus("DeleteRule", named),
        7 => Op::Bus("EnableRule", named),
        8 => Op::Bus("DisableRule", named),
        9..11 => {
            let targets = json!({ "Rule": rule, "EventBusName": bus, "Targets": [target(dice)] });
            Op::Bus("PutTargets", targets)
        }
        11 => {
            let ids = json!([one(dice, &["1", "2"])]);
            Op::Bus("RemoveTargets", json!({ "Rule": rule, "EventBusName": bus, "Ids": ids }))
        }
        12 => {
            let permission = json!({
                "EventBusName": bus, "StatementId": text(dice), "Action": "events:PutEvents", "Principal": "123456789012",
            });
            Op::Bus("PutPermission", permission)
        }
        13 => {
            let permission = json!({ "EventBusName": bus, "StatementId": text(dice) });
            Op::Bus("RemovePermission", permission)
        }
        14 => {
            let tags = json!([{ "Key": text(dice), "Value": text(dice) }]);
            Op::Bus("TagResource", json!({ "ResourceARN": arn, "Tags": tags }))
        }
        15 => Op::Bus("UntagResource", json!({ "ResourceARN": arn, "TagKeys": [text(dice)] })),
        16 => archive_op(dice, &bus_arn),
        _ => {
            let detail = format!("{{\"n\":{}}}", dice.below(9));
            let source = one(dice, &["s", "other"]);
            let entry = json!({ "Source": source, "DetailType": "T", "Detail": detail, "EventBusName": bus });
            Op::Bus("PutEvents", json!({ "Entries": [entry] }))
        }
    }
}

fn text(dice: &mut Dice) -> &'static str {
    one(dice, &["one", "two"])
}

fn new_rule(dice: &mut Dice, mut rule: Value) -> Value {
    match dice.below(4) {
        0 => rule["ScheduleExpression"] = one(dice, &["rate(5 minutes)", "rate(1 hour)"]).into(),
        1 => rule["EventPattern"] = r#"{"source":["other"]}"#.into(),
        _ => rule["EventPattern"] = r#"{"source":["s"]}"#.into(),
    }
    if dice.below(3) == 0 {
        rule["State"] = one(dice, &["ENABLED", "DISABLED"]).into();
    }
    if dice.below(3) == 0 {
        rule["Description"] = text(dice).into();
        rule["Tags"] = json!([{ "Key": text(dice), "Value": text(dice) }]);
    }
    rule
}

fn target(dice: &mut Dice) -> Value {
    let queue = one(dice, &["a", "dead", "t"]);
    let mut target = json!({
        "Id": one(dice, &["1", "2"]), "Arn": queue_arn(queue), "RetryPolicy": { "MaximumRetryAttempts": dice.below(2) },
    });
    match dice.below(3) {
        0 => target["Input"] = "{\"fixed\":1}".into(),
        1 => target["InputPath"] = "$.detail".into(),
        _ => {
            let paths = json!({ "n": "$.detail.n" });
            target["InputTransformer"] =
                json!({ "InputPathsMap": paths, "InputTemplate": "\"n is <n>\"" });
        }
    }
    target
}

fn archive_op(dice: &mut Dice, bus_arn: &str) -> Op {
    let name = one(dice, &["arc", "tarchive"]);
    let days = one(dice, &[0, 3]);
    match dice.below(3) {
        0 => {
            let new =
                json!({ "ArchiveName": name, "EventSourceArn": bus_arn, "RetentionDays": days });
            Op::Bus("CreateArchive", new)
        }
        1 => {
            let pattern = r#"{"source":["other"]}"#;
            let new =
                json!({ "ArchiveName": name, "EventPattern": pattern, "Description": text(dice) });
            Op::Bus("UpdateArchive", new)
        }
        _ => Op::Bus("DeleteArchive", json!({ "ArchiveName": name })),
    }
}
