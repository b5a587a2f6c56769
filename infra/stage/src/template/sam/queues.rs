//! The queues and topics that SAM makes by itself: between a topic and a function, for dead letters, and for records of
//! asynchronous invocations.

use super::Output;
use super::function::Invoked;
use super::nodes::{Map, attribute, entries, list, map, reference, referred};
use crate::template::Resource;
use crate::template::syntax::{Node, Value};

/// The queue between a topic and a function (`SqsSubscription`): one of the template, or a new one, with the policy that lets
/// the topic send to it, and what polls it. Returns its ARN; `None` for `false`.
pub(super) fn subscribed(
    (id, invoked): (&str, Invoked<'_>),
    topic: &Node,
    written: &Node,
    from: &Resource,
    output: &mut Output,
) -> Option<Node> {
    let line = written.line;
    let said = entries(Some(written));
    if !is_between(Some(written)) {
        return None;
    }
    let arn = match said.get("QueueArn") {
        Some(arn) => {
            let named = said.get("QueuePolicyLogicalId").and_then(Node::to_text);
            let policy = named.unwrap_or_else(|| format!("{id}QueuePolicy"));
            let url = said.get("QueueUrl").cloned().unwrap_or_else(|| arn.clone());
            allow(policy, topic, arn, url, from, output);
            arn.clone()
        }
        None => {
            let queue = format!("{id}Queue");
            let is_fifo = is_fifo(topic, output).then(|| ("FifoQueue", Node::text(line, "true")));
            let properties = is_fifo.into_iter().map(|(name, node)| (name.to_owned(), node));
            output.add(queue.clone(), "AWS::SQS::Queue", from, line, properties.collect());
            let arn = attribute(line, &queue, "Arn");
            let url = reference(line, &queue);
            allow(format!("{queue}Policy"), topic, &arn, url, from, output);
            arn
        }
    };
    let mut mapping = Map::new();
    for name in ["BatchSize", "Enabled"] {
        mapping.extend(said.get(name).map(|node| (name.to_owned(), node.clone())));
    }
    mapping.entry("BatchSize".to_owned()).or_insert_with(|| Node::text(line, "10"));
    mapping.insert("EventSourceArn".to_owned(), arn.clone());
    mapping.insert("FunctionName".to_owned(), invoked.name(line));
    let mapping_id = format!("{id}EventSourceMapping");
    output.add(mapping_id, "AWS::Lambda::EventSourceMapping", from, line, mapping);
    Some(arn)
}

/// Whether a topic is a FIFO topic of the template.
fn is_fifo(topic: &Node, output: &Output) -> bool {
    let topic = referred(topic).and_then(|id| output.resources.get(id));
    let flag = topic.and_then(|topic| topic.properties.get("FifoTopic")).and_then(Node::to_text);
    flag.as_deref() == Some("true")
}

/// Lets a topic or rule, by its ARN, send to a queue.
pub(super) fn allow(
    id: String,
    source: &Node,
    arn: &Node,
    url: Node,
    from: &Resource,
    output: &mut Output,
) {
    let line = arn.line;
    let source = map(line, [("ArnEquals", map(line, [("aws:SourceArn", source.clone())]))]);
    let statement = [
        ("Effect", Node::text(line, "Allow")),
        ("Principal", Node::text(line, "*")),
        ("Action", Node::text(line, "sqs:SendMessage")),
        ("Resource", arn.clone()),
        ("Condition", source),
    ];
    let statements = list(line, vec![map(line, statement)]);
    let policy = [
        ("Queues".to_owned(), list(line, vec![url])),
        ("PolicyDocument".to_owned(), map(line, [("Statement", statements)])),
    ];
    output.add(id, "AWS::SQS::QueuePolicy", from, line, policy.into_iter().collect());
}

/// `DeadLetterConfig` of an event, whose queue SAM makes where it is named by type alone.
pub(super) fn of_dead_letters(
    id: &str,
    written: &Node,
    from: &Resource,
    output: &mut Output,
) -> Node {
    let line = written.line;
    let mut config = entries(Some(written));
    let kind = config.shift_remove("Type");
    let named = config.shift_remove("QueueLogicalId").as_ref().and_then(Node::to_text);
    if kind.is_some() && !config.contains_key("Arn") {
        let queue_id = named.unwrap_or_else(|| format!("{id}Queue"));
        let arn = queue(&queue_id, line, from, output);
        config.insert("Arn".to_owned(), arn);
    }
    Node { line, value: Value::Map(config) }
}

/// A destination of asynchronous invocations, whose queue or topic SAM makes where it is named by type alone.
pub(super) fn destination(
    id: &str,
    written: &mut Map,
    line: usize,
    from: &Resource,
    output: &mut Output,
) {
    let kind = written.shift_remove("Type").as_ref().and_then(Node::to_text);
    if written.contains_key("Destination") {
        return;
    }
    // Where SAM makes none, the plan says that it is missing.
    let Some((made, kind, arn)) = made(id, kind.as_deref(), line) else { return };
    output.add(made, kind, from, line, Map::new());
    written.insert("Destination".to_owned(), arn);
}

/// What SAM makes for a destination that is named by type alone: its logical id, its type and its ARN.
fn made(id: &str, kind: Option<&str>, line: usize) -> Option<(String, &'static str, Node)> {
    match kind {
        Some("SQS") => {
            let queue = format!("{id}Queue");
            let arn = attribute(line, &queue, "Arn");
            Some((queue, "AWS::SQS::Queue", arn))
        }
        Some("SNS") => {
            let topic = format!("{id}Topic");
            let arn = reference(line, &topic);
            Some((topic, "AWS::SNS::Topic", arn))
        }
        _ => None,
    }
}

/// What sending to a destination needs: the action, and the ARN of what it is done to. With an id, SAM makes what is named by
/// type alone.
pub(super) fn sending(
    id: Option<&str>,
    written: &Map,
    line: usize,
) -> Option<(&'static str, Node)> {
    let kind = written.get("Type").and_then(Node::to_text);
    let action = match kind.as_deref()? {
        "SQS" => "sqs:SendMessage",
        "SNS" => "sns:Publish",
        "Lambda" => "lambda:InvokeFunction",
        "EventBridge" => "events:PutEvents",
        _ => return None,
    };
    // Dead letters have a target, and anything else a destination.
    let named = written.get("Destination").or_else(|| written.get("TargetArn")).cloned();
    let arn = named.or_else(|| made(id?, kind.as_deref(), line).map(|(.., arn)| arn))?;
    Some((action, arn))
}

/// Whether a topic reaches its function through a queue, as `SqsSubscription` says.
pub(super) fn is_between(written: Option<&Node>) -> bool {
    let is_true = |node: &Node| node.to_text().as_deref() == Some("true");
    written.is_some_and(|node| is_true(node) || !entries(Some(node)).is_empty())
}

/// A queue that rules may send to; its ARN.
fn queue(id: &str, line: usize, from: &Resource, output: &mut Output) -> Node {
    let service = "events.amazonaws.com";
    output.add(id.to_owned(), "AWS::SQS::Queue", from, line, Map::new());
    let statement = [
        ("Effect", Node::text(line, "Allow")),
        ("Principal", map(line, [("Service", Node::text(line, service))])),
        ("Action", Node::text(line, "sqs:SendMessage")),
        ("Resource", attribute(line, id, "Arn")),
    ];
    let statements = list(line, vec![map(line, statement)]);
    let policy = [
        ("Queues".to_owned(), list(line, vec![reference(line, id)])),
        ("PolicyDocument".to_owned(), map(line, [("Statement", statements)])),
    ];
    let policy = policy.into_iter().collect();
    output.add(format!("{id}Policy"), "AWS::SQS::QueuePolicy", from, line, policy);
    attribute(line, id, "Arn")
}
