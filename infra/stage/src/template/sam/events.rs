//! The events of a function: mappings, rules, schedules, subscriptions, and routes of APIs.

use super::apis::Apis;
use super::function::{Invoked, one};
use super::nodes::{Map, Part, attribute, entries, map};
use super::{Output, permissions, queues};
use crate::template::Resource;
use crate::template::syntax::{Node, Value};

/// Turns an event into what invokes the function for it. `place` is what it invokes and the event's name.
pub(super) fn transform(
    place: (&Invoked<'_>, &str),
    event: &Node,
    function: &Resource,
    apis: &mut Apis,
    output: &mut Output,
) {
    let (&invoked, name) = place;
    let function_id = invoked.function;
    let line = event.line;
    let mut written = entries(Some(event));
    let properties = written.shift_remove("Properties");
    let kind = written.get("Type").and_then(Node::as_str).unwrap_or_default().to_owned();
    let subject =
        format!("resource `{function_id}` (AWS::Serverless::Function): event `{name}` ({kind})");
    let mut part = Part::new(line, subject, entries(properties.as_ref()));
    let id = format!("{function_id}{name}");
    let made = match kind.as_str() {
        "Api" => {
            let permission = format!("{id}Permission");
            return apis.add_rest_event(invoked, &permission, function, part, output);
        }
        "HttpApi" => return apis.add_http_event(invoked, &id, part, function, output),
        "SQS" => mapping(&mut part, "Queue", invoked),
        "DynamoDB" | "Kinesis" => mapping(&mut part, "Stream", invoked),
        "SNS" => subscription(&mut part, (&id, invoked), function, output),
        "EventBridgeRule" | "CloudWatchEvent" => {
            let letters = dead_letter(&mut part, &id, function, output);
            rule(&mut part, (invoked, name), ("Pattern", "EventPattern"), letters, output)
        }
        "Schedule" => {
            let letters = dead_letter(&mut part, &id, function, output);
            rule(&mut part, (invoked, name), ("Schedule", "ScheduleExpression"), letters, output)
        }
        "ScheduleV2" => {
            let letters = dead_letter(&mut part, &id, function, output);
            schedule(&mut part, invoked, letters)
        }
        _ => {
            let message = "events of this type are not supported";
            output.faults.push(part.fault(message).left_out_on_request());
            return;
        }
    };
    output.faults.extend(part.finish());
    let (kind, properties) = made;
    let invoker = match kind {
        "AWS::Events::Rule" => Some(("events.amazonaws.com", attribute(line, &id, "Arn"))),
        "AWS::SNS::Subscription" if !properties["Protocol"].as_str().eq(&Some("sqs")) => {
            properties.get("TopicArn").map(|topic| ("sns.amazonaws.com", topic.clone()))
        }
        _ => None,
    };
    if let Some((service, source)) = invoker {
        let permission = format!("{id}Permission");
        permissions::allow(permission, invoked.name(line), service, source, function, output);
    }
    output.add(id, kind, function, line, properties);
}

type Made = (&'static str, Map);

fn mapping(part: &mut Part, source: &str, invoked: Invoked<'_>) -> Made {
    let mut properties = part.renamed(&[(source, "EventSourceArn")]);
    if let Some(mut destinations) = part.take("DestinationConfig") {
        // The kind of a destination is for SAM, which makes permissions by it.
        if let Value::Map(destinations) = &mut destinations.value {
            for destination in destinations.values_mut() {
                if let Value::Map(written) = &mut destination.value {
                    written.shift_remove("Type");
                }
            }
        }
        properties.insert("DestinationConfig".to_owned(), destinations);
    }
    properties.extend(part.same(&[
        "BatchSize",
        "BisectBatchOnFunctionError",
        "Enabled",
        "FilterCriteria",
        "FunctionResponseTypes",
        "KmsKeyArn",
        "MaximumBatchingWindowInSeconds",
        "MaximumRecordAgeInSeconds",
        "MaximumRetryAttempts",
        "MetricsConfig",
        "ParallelizationFactor",
        "ScalingConfig",
        "StartingPosition",
        "StartingPositionTimestamp",
        "TumblingWindowInSeconds",
    ]));
    properties.insert("FunctionName".to_owned(), invoked.name(part.line));
    ("AWS::Lambda::EventSourceMapping", properties)
}

fn subscription(
    part: &mut Part,
    (id, invoked): (&str, Invoked<'_>),
    function: &Resource,
    output: &mut Output,
) -> Made {
    let line = part.line;
    let mut properties = part.renamed(&[("Topic", "TopicArn")]);
    properties.extend(part.same(&["FilterPolicy", "FilterPolicyScope", "RedrivePolicy", "Region"]));
    let topic = properties.get("TopicArn").cloned().unwrap_or_else(|| Node::text(line, ""));
    let endpoint = part.take("SqsSubscription");
    let queue = endpoint
        .and_then(|written| queues::subscribed((id, invoked), &topic, &written, function, output));
    let protocol = if queue.is_some() { "sqs" } else { "lambda" };
    properties.insert("Protocol".to_owned(), Node::text(line, protocol));
    let endpoint = queue.unwrap_or_else(|| invoked.arn(line));
    properties.insert("Endpoint".to_owned(), endpoint);
    ("AWS::SNS::Subscription", properties)
}

/// A rule for a pattern or a schedule, which SAM and CloudFormation call `what`.
fn rule(
    part: &mut Part,
    (invoked, name): (Invoked<'_>, &str),
    what: (&str, &str),
    letters: Map,
    output: &mut Output,
) -> Made {
    let line = part.line;
    let mut properties = part.renamed(&[what, ("RuleName", "Name")]);
    properties.extend(part.same(&["Name", "Description", "EventBusName", "State"]));
    if part.has("Enabled") && properties.contains_key("State") {
        output.faults.push(part.fault("`State` and `Enabled` cannot both be given"));
    }
    if let Some(enabled) = part.take("Enabled") {
        let is_off = enabled.to_text().as_deref() == Some("false");
        let state = Node::text(enabled.line, if is_off { "DISABLED" } else { "ENABLED" });
        properties.insert("State".to_owned(), state);
    }
    let mut target = part.same(&["Input", "InputPath", "InputTransformer", "RetryPolicy"]);
    target.extend(letters);
    let written = entries(part.take("Target").as_ref());
    let id = written.get("Id").cloned();
    let id =
        id.unwrap_or_else(|| Node::text(line, format!("{}{name}LambdaTarget", invoked.function)));
    target.insert("Id".to_owned(), id);
    target.insert("Arn".to_owned(), invoked.arn(line));
    let target = Node { line, value: Value::Map(target) };
    properties.insert("Targets".to_owned(), one(target));
    ("AWS::Events::Rule", properties)
}

fn schedule(part: &mut Part, invoked: Invoked<'_>, letters: Map) -> Made {
    let line = part.line;
    let mut target = part.same(&["Input", "RetryPolicy", "RoleArn"]);
    target.extend(letters);
    target.insert("Arn".to_owned(), invoked.arn(line));
    let mut properties = part.same(&[
        "Description",
        "EndDate",
        "FlexibleTimeWindow",
        "GroupName",
        "KmsKeyArn",
        "Name",
        "ScheduleExpression",
        "ScheduleExpressionTimezone",
        "StartDate",
        "State",
    ]);
    part.skip(&["OmitName", "PermissionsBoundary"]);
    let off = || map(line, [("Mode", Node::text(line, "OFF"))]);
    properties.entry("FlexibleTimeWindow".to_owned()).or_insert_with(off);
    properties.insert("Target".to_owned(), Node { line, value: Value::Map(target) });
    ("AWS::Scheduler::Schedule", properties)
}

/// The queue for what cannot be delivered, which SAM makes where the template names none.
fn dead_letter(part: &mut Part, id: &str, function: &Resource, output: &mut Output) -> Map {
    let Some(config) = part.take("DeadLetterConfig") else { return Map::new() };
    let said = entries(Some(&config));
    let wrong =
        match (said.contains_key("Arn"), said.get("Type").and_then(Node::to_text).as_deref()) {
            (true, None) | (false, Some("SQS")) => None,
            (true, Some(_)) => Some("may have `Arn` or `Type`, not both"),
            (false, Some(_)) => Some("may have no `Type` but SQS"),
            (false, None) => Some("needs `Arn` or `Type`"),
        };
    let is_named = said.get("QueueLogicalId").is_none_or(|node| node.to_text().is_some());
    let wrong = wrong.or((!is_named).then_some("needs a `QueueLogicalId` that is written out"));
    if let Some(wrong) = wrong {
        output.faults.push(part.fault(format!("property `DeadLetterConfig` {wrong}")));
    }
    let config = queues::of_dead_letters(id, &config, function, output);
    [("DeadLetterConfig".to_owned(), config)].into_iter().collect()
}
