//! What AWS refuses, or would lose events by, although each resource is right by itself.
//!
//! Owns the checks across resources: names above their limits, queues whose messages show again while their function
//! works, rules that cannot send to their queue, and resources that wait for each other.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::time::Duration;

use crate::template::Resource;
use crate::template::error::Fault;
use crate::template::plan::{Plan, Queue};
use crate::template::syntax::{Node, Value};

/// The visibility timeout of a queue that does not say it, in seconds.
const DEFAULT_VISIBILITY: u64 = 30;

/// All of them but the last, which [`circle`] finds.
pub(super) fn check(plan: &Plan) -> Vec<Fault> {
    let found = long_names(plan)
        .into_iter()
        .chain(hidden_too_shortly(plan))
        .chain(targets_twice(plan))
        .chain(mapped_twice(plan))
        .chain(unreachable(plan))
        .chain(without_a_bus(plan));
    let found = found.map(|(id, message)| (Cow::from(id), message)).chain(twice(plan));
    found.map(|(id, message)| Fault::new(format!("resource `{id}`"), message)).collect()
}

/// Resources that wait for each other, by `DependsOn` or by what their properties refer to.
pub(super) fn circle(resources: &[(&str, &Resource)]) -> Option<Fault> {
    let (id, message) = waiting(resources)?;
    let line = resources.iter().find(|(one, _)| *one == id).map(|(_, resource)| resource.line);
    Some(Fault::new(format!("resource `{id}`"), message).at(line?))
}

type Found<'p> = (&'p str, String);

fn long_names(plan: &Plan) -> Vec<Found<'_>> {
    let functions = plan.functions.iter().map(|one| (&one.id, &one.name, limits::LAMBDA_NAME));
    let queues = plan.queues.iter().map(|one| (&one.id, &one.name, limits::SQS_QUEUE_NAME));
    let rules = plan.rules.iter().map(|one| (&one.id, &one.name, limits::EVENT_RULE_NAME));
    let buses = plan.buses.iter().map(|one| (&one.id, &one.name, limits::EVENT_BUS_NAME));
    let tables = plan.tables.iter().map(|one| (&one.id, &one.name, limits::DYNAMODB_NAME));
    let all = functions.chain(queues).chain(rules).chain(buses).chain(tables);
    all.filter(|(_, name, most)| name.chars().count() > *most as usize)
        .map(|(id, name, most)| {
            let length = name.chars().count();
            (id.as_str(), format!("its name `{name}` has {length} characters; AWS allows {most}"))
        })
        .collect()
}

/// The types, besides those that [`twice`] finds in the plan, of which an account has one of each name.
const ONE_OF_A_NAME: [(&str, &str); 4] = [
    ("AWS::Events::Archive", "an archive"),
    ("AWS::Pipes::Pipe", "a pipe"),
    ("AWS::SSM::Parameter", "a parameter"),
    ("AWS::SecretsManager::Secret", "a secret"),
];

/// Targets of a rule that have one id, of which the last would replace the others.
fn targets_twice(plan: &Plan) -> Vec<Found<'_>> {
    let twice = plan.rules.iter().filter_map(|rule| {
        let mut targets = rule.targets.iter().enumerate();
        let (_, target) = targets.find(|(at, target)| {
            rule.targets[..*at].iter().any(|earlier| earlier.id == target.id)
        })?;
        Some((rule.id.as_str(), format!("two of its targets have the id `{}`", target.id)))
    });
    twice.collect()
}

/// Mappings of one source to one version of a function, of which AWS refuses the second.
fn mapped_twice(plan: &Plan) -> Vec<Found<'_>> {
    let of_queues = plan.mappings.iter().filter(|one| one.pipe.is_none());
    let of_queues = of_queues.map(|one| (&one.id, (&one.queue, &one.function, &one.qualifier)));
    let of_streams = plan.stream_mappings.iter().filter(|one| one.pipe.is_none());
    let of_streams = of_streams.map(|one| (&one.id, (&one.stream, &one.function, &one.qualifier)));
    let mut first = BTreeMap::new();
    let mut found = vec![];
    for (id, ends) in of_queues.chain(of_streams) {
        match first.entry(ends) {
            Entry::Vacant(free) => drop(free.insert(id)),
            Entry::Occupied(other) => {
                let message = format!(
                    "the event source mapping `{}` has the same source and function already, so AWS refuses this one",
                    other.get()
                );
                found.push((id.as_str(), message));
            }
        }
    }
    found
}

/// Resources of one type and name, of which AWS refuses the second.
fn twice(plan: &Plan) -> Vec<(Cow<'_, str>, String)> {
    let functions = plan.functions.iter().map(|one| ("a function", &one.id, &one.name));
    let tables = plan.tables.iter().map(|one| ("a table", &one.id, &one.name));
    let queues = plan.queues.iter().map(|one| ("a queue", &one.id, &one.name));
    let buses = plan.buses.iter().map(|one| ("an event bus", &one.id, &one.name));
    let topics = plan.topics.iter().map(|one| ("a topic", &one.id, &one.name));
    // The ARN of a rule has its bus, that of a schedule its group.
    let rules = plan.rules.iter().map(|one| ("a rule or schedule", &one.id, &one.arn));
    let all = functions.chain(tables).chain(queues).chain(buses).chain(topics).chain(rules);
    let all = all.map(|(what, id, name)| (what, Cow::from(id), name));
    // Of others the plan keeps no more than their names.
    let resources = plan
        .stacks
        .iter()
        .flat_map(|stack| stack.resources.iter().map(move |one| (stack, one)))
        .filter_map(|(stack, one)| {
            let (_, what) = ONE_OF_A_NAME.iter().find(|(kind, _)| *kind == one.kind)?;
            Some((*what, Cow::from(format!("{}{}", stack.prefix, one.id)), &one.physical_id))
        });
    let mut first: BTreeMap<(&str, &str), Cow<'_, str>> = BTreeMap::new();
    let mut found = vec![];
    for (what, id, name) in all.chain(resources) {
        match first.entry((what, name)) {
            Entry::Vacant(free) => drop(free.insert(id)),
            Entry::Occupied(other) => {
                found.push((id, format!("`{}` is {what} named `{name}` already", other.get())));
            }
        }
    }
    found
}

fn queue<'p>(plan: &'p Plan, arn: &str) -> Option<&'p Queue> {
    plan.queues.iter().find(|queue| queue.arn == arn)
}

/// AWS refuses an event source mapping whose queue shows a message again before its function's time is over.
fn hidden_too_shortly(plan: &Plan) -> Vec<Found<'_>> {
    let polled = plan.mappings.iter().filter(|mapping| mapping.pipe.is_none());
    let pairs = polled.filter_map(|mapping| {
        let function = plan.functions.iter().find(|one| one.name == mapping.function)?;
        Some((mapping, queue(plan, &mapping.queue)?, function))
    });
    pairs
        .filter_map(|(mapping, queue, function)| {
            let written = queue.attributes.get("VisibilityTimeout");
            let hidden = written.and_then(|text| text.parse().ok()).unwrap_or(DEFAULT_VISIBILITY);
            (Duration::from_secs(hidden) < function.timeout).then(|| {
                let (queue, function, timeout) = (&queue.id, &function.id, function.timeout.as_secs());
                let message = format!(
                    "the visibility timeout of the queue `{queue}` is {hidden} s, but the timeout of the function `{function}` is \
         {timeout} s: AWS refuses this"
                );
                (mapping.id.as_str(), message)
            })
        })
        .collect()
}

/// Rules whose events would not arrive.
fn unreachable(plan: &Plan) -> Vec<Found<'_>> {
    let targets =
        plan.rules.iter().flat_map(|rule| rule.targets.iter().map(move |target| (rule, target)));
    targets
        .filter_map(|(rule, target)| {
            let queue = queue(plan, &target.arn)?;
            let has = |name: &str| queue.attributes.contains_key(name);
            let id = &queue.id;
            if has("FifoQueue") && !has("ContentBasedDeduplication") {
                let message = format!(
                    "its target, the FIFO queue `{id}`, needs a deduplication ID or \
         `ContentBasedDeduplication`: otherwise every event is lost"
                );
                return Some((rule.id.as_str(), message));
            }
            let key = queue.kms_key.as_deref().unwrap_or_default();
            key.ends_with("alias/aws/sqs").then(|| {
                let message = format!(
                    "its target, the queue `{id}`, uses the key `alias/aws/sqs`, which EventBridge may not use: every event \
         would be lost; use `SqsManagedSseEnabled`, or your own key"
                );
                (rule.id.as_str(), message)
            })
        })
        .collect()
}

/// Rules of a bus that does not exist.
fn without_a_bus(plan: &Plan) -> Vec<Found<'_>> {
    let exists = |name: &str| name == "default" || plan.buses.iter().any(|bus| bus.name == name);
    let rules = plan.rules.iter().filter(|rule| !exists(&rule.bus));
    rules
        .map(|rule| {
            let message = format!(
                "its bus `{}` is not an `AWS::Events::EventBus` of the template: declare it, or use the default one",
                rule.bus
            );
            (rule.id.as_str(), message)
        })
        .collect()
}

/// A resource that waits for itself.
fn waiting<'r>(resources: &[(&'r str, &'r Resource)]) -> Option<Found<'r>> {
    let mut needs: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (id, resource) in resources {
        let mut named: Vec<&str> = resource.depends_on.iter().map(String::as_str).collect();
        resource.properties.values().for_each(|node| references(node, &mut named));
        needs.insert(id, named);
    }
    // What needs nothing that is left can be made; what is left in the end waits for each other.
    loop {
        let made: Vec<&str> = needs
            .iter()
            .filter(|(_, named)| !named.iter().any(|one| needs.contains_key(one)))
            .map(|(id, _)| *id)
            .collect();
        if made.is_empty() {
            break;
        }
        made.iter().for_each(|id| {
            needs.remove(id);
        });
    }
    let (first, _) = resources.iter().find(|(id, _)| needs.contains_key(id))?;
    let mut way = vec![*first];
    while let Some(next) = way
        .last()
        .and_then(|last| needs.get(last))
        .and_then(|named| named.iter().copied().find(|one| needs.contains_key(one)))
    {
        if let Some(at) = way.iter().position(|one| *one == next) {
            let circle: Vec<String> =
                way[at..].iter().chain([&next]).map(|id| format!("`{id}`")).collect();
            return Some((next, format!("resources depend on each other: {}", circle.join(" → "))));
        }
        way.push(next);
    }
    None
}

/// The names that a value refers to: `Ref`, `Fn::GetAtt`, `Fn::Sub`.
fn references<'n>(node: &'n Node, found: &mut Vec<&'n str>) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| references(item, found)),
        Value::Map(entries) => {
            for (key, value) in entries {
                match key.as_str() {
                    "Ref" => found.extend(value.as_str()),
                    "Fn::GetAtt" => {
                        let first =
                            value.as_list().and_then(|items| items.first()).unwrap_or(value);
                        found.extend(first.as_str().and_then(|text| text.split('.').next()));
                    }
                    "Fn::Sub" => {
                        let text = value.as_list().and_then(|items| items.first()).unwrap_or(value);
                        let parts = text.as_str().unwrap_or_default().split("${").skip(1);
                        found.extend(parts.filter_map(|part| part.split(['}', '.']).next()));
                    }
                    _ => {}
                }
                references(value, found);
            }
        }
        _ => {}
    }
}
