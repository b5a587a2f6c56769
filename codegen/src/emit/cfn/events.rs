//! Buses, rules, and what takes events from a rule to a function.

use serde_json::Value as Json;

use super::names;
use super::plan::{Plan, PlannedRule, Reader, Target};
use super::tables;
use super::template::Resource;
use super::value::{Map, Value, attribute, reference, substitute};
use crate::model::{DirectDelivery, Function, Queue, QueueDelivery, Receive, RuleTrigger, System};

/// The name of the alias that everything invokes.
pub(super) const ALIAS: &str = "live";

/// The buses, except the account's own.
pub(super) fn buses(system: &System) -> Vec<Resource> {
    let own = system.buses.iter().filter(|bus| bus.name.wire != "default");
    own.map(|bus| {
        let properties = Map::new().with("Name", substitute(names::physical(&bus.name.wire)));
        Resource::new(names::bus_id(bus), "AWS::Events::EventBus", properties)
            .declared_at(&bus.origin.pointer)
    })
    .collect()
}

/// The rules, each with its target.
pub(super) fn rules(system: &System, plan: &Plan<'_>) -> Vec<Resource> {
    plan.rules.iter().map(|planned| rule(system, planned)).collect()
}

fn rule(system: &System, planned: &PlannedRule<'_>) -> Resource {
    let rule = planned.rule;
    let description = planned.receive.docs.summary.as_deref();
    let mut properties = Map::new()
        .with("Name", substitute(names::physical(&rule.name.wire)))
        .with_some(
            "Description",
            description.map(|text| text.chars().take(512).collect::<String>()),
        )
        .with("EventBusName", names::bus_name(system, &rule.bus))
        .with("State", "ENABLED");
    properties = match &rule.trigger {
        RuleTrigger::Pattern(pattern) => properties.with("EventPattern", event_pattern(pattern)),
        RuleTrigger::Schedule(schedule) => {
            properties.with("ScheduleExpression", schedule.expression.as_str())
        }
    };
    let properties = properties.with("Targets", [target(planned)]);
    Resource::new(names::rule_id(rule), "AWS::Events::Rule", properties)
        .declared_at(&planned.receive.origin.pointer)
}

/// A pattern as a template has it. CloudFormation takes no `null`, so a pattern with one is the text of its JSON.
pub(super) fn event_pattern(pattern: &Json) -> Value {
    if has_null(pattern) { pattern.to_string().into() } else { pattern.into() }
}

/// Whether `null` stands anywhere in a value.
pub(super) fn has_null(value: &Json) -> bool {
    match value {
        Json::Null => true,
        Json::Array(items) => items.iter().any(has_null),
        Json::Object(entries) => entries.values().any(has_null),
        _ => false,
    }
}

fn target(planned: &PlannedRule<'_>) -> Map {
    let rule = planned.rule;
    let (id, arn, fifo) = match planned.target {
        Target::Queue(queue) => {
            let id = names::queue_id(queue);
            let arn = attribute(&id, "Arn");
            (id, arn, message_group(queue))
        }
        Target::Function(function) => {
            (names::function_id(function), names::invoked_arn(function), None)
        }
    };
    let dead_letter = rule
        .dead_letter
        .as_ref()
        .map(|queue| Map::new().with("Arn", attribute(&names::queue_id(queue), "Arn")));
    let retry = Map::new()
        .with("MaximumRetryAttempts", rule.maximum_retry_attempts)
        .with("MaximumEventAgeInSeconds", rule.maximum_event_age_seconds);
    Map::new()
        .with("Id", id.as_str())
        .with("Arn", arn)
        .with_some("InputTransformer", transformer(planned))
        .with_some("SqsParameters", fifo)
        .with("RetryPolicy", retry)
        .with_some("DeadLetterConfig", dead_letter)
}

/// What the target gets where that is not the event as it is.
///
/// A schedule's event has an empty `detail`; what the contract gives it is put there, and id and time stay. A FIFO
/// queue knows a repetition by its content, so where a field of the payload is to decide, it takes the place of the
/// id that the bus gives to each publication, and the time is left out.
pub(super) fn transformer(planned: &PlannedRule<'_>) -> Option<Map> {
    let fields = |fields: &[(&str, &str)]| {
        fields.iter().fold(Map::new(), |map, (name, path)| map.with(*name, *path))
    };
    let (paths, template) = match (&planned.rule.trigger, planned.target) {
        (RuleTrigger::Schedule(schedule), _) => {
            if schedule.input.as_object().is_some_and(serde_json::Map::is_empty) {
                return None;
            }
            let paths = fields(&[("id", "$.id"), ("time", "$.time")]);
            (paths, schedule.template())
        }
        (RuleTrigger::Pattern(_), Target::Queue(queue)) => {
            let path = queue.fifo.as_ref()?.deduplication_path.as_deref()?;
            let paths = fields(&[
                ("id", path),
                ("source", "$.source"),
                ("type", "$.detail-type"),
                ("detail", "$.detail"),
            ]);
            let template =
                r#"{"id":<id>,"source":<source>,"detail-type":<type>,"detail":<detail>}"#;
            (paths, template.to_owned())
        }
        (RuleTrigger::Pattern(_), Target::Function(_)) => return None,
    };
    Some(Map::new().with("InputPathsMap", paths).with("InputTemplate", template))
}

/// A FIFO queue takes no message without a group: the field that the contract names, or one group for all.
fn message_group(queue: &Queue) -> Option<Map> {
    let fifo = queue.fifo.as_ref()?;
    let group = fifo.group_path.as_deref().unwrap_or("all");
    Some(Map::new().with("MessageGroupId", group))
}

/// What connects events to functions: event source mappings, permissions of rules, and what becomes of failures.
pub(super) fn connections(plan: &Plan<'_>) -> Vec<Resource> {
    [pollers(plan), readers(plan), direct_invocations(plan)].concat()
}

/// The pollers: an event source mapping for each function behind a queue.
pub(super) fn pollers(plan: &Plan<'_>) -> Vec<Resource> {
    plan.pollers
        .iter()
        .map(|(function, delivery, receive)| poller(function, delivery, receive))
        .collect()
}

fn poller(function: &Function, delivery: &QueueDelivery, receive: &Receive) -> Resource {
    let source = &delivery.source;
    let window = (source.window_seconds > 0).then_some(source.window_seconds);
    let scaling =
        source.maximum_concurrency.map(|most| Map::new().with("MaximumConcurrency", most));
    let properties = Map::new()
        .with("EventSourceArn", attribute(&names::queue_id(&delivery.queue), "Arn"))
        .with("FunctionName", reference(&names::invoked_id(function)))
        .with("BatchSize", source.batch_size)
        .with_some("MaximumBatchingWindowInSeconds", window)
        .with_some("ScalingConfig", scaling)
        .with("FunctionResponseTypes", ["ReportBatchItemFailures"]);
    Resource::new(poller_id(function), "AWS::Lambda::EventSourceMapping", properties)
        .declared_at(&receive.origin.pointer)
}

/// The readers of streams: an event source mapping for each.
pub(super) fn readers(plan: &Plan<'_>) -> Vec<Resource> {
    plan.readers.iter().map(reader).collect()
}

fn reader(reader: &Reader<'_>) -> Resource {
    let Reader { function, table, delivery, receive } = reader;
    let window = (delivery.window_seconds > 0).then_some(delivery.window_seconds);
    let at_a_time = (delivery.parallelization > 1).then_some(delivery.parallelization);
    let destination = delivery.on_failure.as_ref().map(|queue| {
        let arn: Value = attribute(&names::queue_id(queue), "Arn");
        Map::new().with("OnFailure", Map::new().with("Destination", arn))
    });
    let filter = tables::stream_filter(table)
        .map(|pattern| Map::new().with("Filters", [Map::new().with("Pattern", pattern)]));
    let properties = Map::new()
        .with("EventSourceArn", tables::stream_of(table))
        .with("FunctionName", reference(&names::invoked_id(function)))
        .with("StartingPosition", if delivery.from_start { "TRIM_HORIZON" } else { "LATEST" })
        .with("BatchSize", delivery.batch_size)
        .with_some("MaximumBatchingWindowInSeconds", window)
        .with_some("ParallelizationFactor", at_a_time)
        .with_some("BisectBatchOnFunctionError", delivery.bisects.then_some(true))
        .with_some("MaximumRetryAttempts", delivery.maximum_retry_attempts)
        .with_some("MaximumRecordAgeInSeconds", delivery.maximum_record_age_seconds)
        .with_some("FilterCriteria", filter)
        .with_some("DestinationConfig", destination)
        .with("FunctionResponseTypes", ["ReportBatchItemFailures"]);
    Resource::new(poller_id(function), "AWS::Lambda::EventSourceMapping", properties)
        .declared_at(&receive.origin.pointer)
}

/// `OrderingCheckoutFunctionPoller`
pub(super) fn poller_id(function: &Function) -> String {
    format!("{}Poller", names::function_id(function))
}

/// For each function that a rule invokes: the rule's permission, and what Lambda does when the function fails.
pub(super) fn direct_invocations(plan: &Plan<'_>) -> Vec<Resource> {
    plan.direct
        .iter()
        .flat_map(|(function, delivery, receive)| {
            [permission(function, delivery), failure_handling(function, delivery, receive)]
        })
        .collect()
}

fn permission(function: &Function, delivery: &DirectDelivery) -> Resource {
    let id = names::invoked_id(function);
    let properties = Map::new()
        .with("Action", "lambda:InvokeFunction")
        .with("FunctionName", reference(&id))
        .with("Principal", "events.amazonaws.com")
        .with("SourceArn", attribute(&names::rule_id(&delivery.rule), "Arn"));
    Resource::new(format!("{id}RulePermission"), "AWS::Lambda::Permission", properties)
}

fn failure_handling(function: &Function, delivery: &DirectDelivery, receive: &Receive) -> Resource {
    let id = names::function_id(function);
    let destination = delivery.on_failure.as_ref().map(|queue| {
        let arn: Value = attribute(&names::queue_id(queue), "Arn");
        Map::new().with("OnFailure", Map::new().with("Destination", arn))
    });
    let properties = Map::new()
        .with("FunctionName", reference(&id))
        .with("Qualifier", function.settings.live.as_ref().map_or("$LATEST", |_| ALIAS))
        .with("MaximumRetryAttempts", delivery.maximum_retry_attempts)
        .with("MaximumEventAgeInSeconds", delivery.maximum_event_age_seconds)
        .with_some("DestinationConfig", destination);
    Resource::new(format!("{id}InvokeConfig"), "AWS::Lambda::EventInvokeConfig", properties)
        .declared_at(&receive.origin.pointer)
}
