//! Rules, and everything that takes events from them to functions.

use serde_json::Value as Json;

use super::super::events::{ALIAS, event_pattern, has_null, poller_id, transformer};
use super::super::names;
use super::super::plan::{Plan, PlannedQueue, PlannedRule, Reader, Target};
use super::super::queues::{policy_statements, refuse_plain_http, take_from_rules};
use super::super::tables;
use super::super::value::{Map, Value, attribute};
use super::data::{assign, seconds};
use super::functions::statement;
use super::group::{Group, Member};
use super::scope::{Scope, member};
use super::ts::{Ts, in_template};
use crate::model::{DirectDelivery, Function, Queue, QueueDelivery, RuleTrigger, System};

/// The keys of an event pattern that the CDK knows, with its names for them.
const PATTERN_KEYS: [(&str, &str); 9] = [
    ("source", "source"),
    ("detail-type", "detailType"),
    ("detail", "detail"),
    ("account", "account"),
    ("region", "region"),
    ("resources", "resources"),
    ("time", "time"),
    ("id", "id"),
    ("version", "version"),
];

/// Rules with their targets, who may send to queues, pollers, and what rules invoke.
pub(super) fn rules(system: &System, plan: &Plan<'_>, scope: &Scope) -> Group {
    let mut group = Group {
        class: "Rules",
        docs: "The rules of event buses, and the event source mappings and permissions of functions.",
        ..Group::default()
    };
    for planned in &plan.rules {
        let id = names::rule_id(planned.rule);
        let pointer = &planned.receive.origin.pointer;
        group.members.push(Member::declared(&id, "events.Rule", pointer));
        group.statements.extend(rule(system, planned, scope));
    }
    group.statements.extend(plan.queues.iter().flat_map(|planned| policy(planned, scope)));
    for (function, delivery, receive) in &plan.pollers {
        let id = poller_id(function);
        let class = "lambda.EventSourceMapping";
        group.members.push(Member::declared(&id, class, &receive.origin.pointer));
        group.statements.push(assign(&id, class, poller(function, delivery, scope)));
        group.statements.extend(polls_alias(function, &id, scope));
    }
    for one in &plan.readers {
        let id = poller_id(one.function);
        let class = "lambda.EventSourceMapping";
        group.members.push(Member::declared(&id, class, &one.receive.origin.pointer));
        group.statements.push(assign(&id, class, reader(one, scope)));
        group.statements.extend(polls_alias(one.function, &id, scope));
    }
    for (function, delivery, _) in &plan.direct {
        group.statements.extend(direct(function, delivery, scope));
    }
    group
}

/// The CDK puts the name of an alias together from its ARN, where the ARN itself will do.
fn polls_alias(function: &Function, id: &str, scope: &Scope) -> Option<String> {
    function.settings.live.as_ref()?;
    let alias = scope.construct(&names::invoked_id(function))?;
    let arguments = vec![Ts::code(format!("this.{}", member(id))), Ts::code(alias)];
    Some(Ts::Call("invokeAlias".into(), arguments).statement(4, ""))
}

/// Who may send to a queue.
fn policy(planned: &PlannedQueue<'_>, scope: &Scope) -> Vec<String> {
    let id = names::queue_id(planned.queue);
    let queue = scope.construct_of(&id);
    let rules: Vec<_> = planned.fed_by.iter().map(|rule| names::rule_id(rule)).collect();
    let call = |one: Map| {
        if one == refuse_plain_http(&id) {
            return Ts::call("refusePlainHttp", Ts::code(&queue));
        }
        if one == take_from_rules(&id, &rules) {
            let rules = rules.iter().filter_map(|id| scope.construct(id)).map(Ts::Code);
            let arguments = vec![Ts::code(&queue), Ts::List(rules.collect())];
            return Ts::Call("takeFromRules".into(), arguments);
        }
        Ts::call(&format!("{queue}.addToResourcePolicy"), statement(&one, scope))
    };
    policy_statements(planned).into_iter().map(|one| call(one).statement(4, "")).collect()
}

fn rule(system: &System, planned: &PlannedRule<'_>, scope: &Scope) -> Vec<String> {
    let rule = planned.rule;
    let id = names::rule_id(rule);
    let name = in_template(&rule.name.wire);
    let description = planned.receive.docs.summary.as_deref();
    let bus = names::own_bus(system, &rule.bus);
    let (known, mut changes) = match &rule.trigger {
        RuleTrigger::Pattern(of) => pattern(of),
        RuleTrigger::Schedule(_) => (Value::Map(Map::new()), Vec::new()),
    };
    if let Some(input) = transformer(planned) {
        changes.push(Change::Set("Targets.0.InputTransformer".to_owned(), input.into()));
    }
    let schedule = rule.schedule().map(|schedule| {
        Ts::call("events.Schedule.expression", Ts::text(schedule.expression.as_str()))
    });
    let props = Ts::object([
        ("ruleName", Some(Ts::code(format!("`${{stackName}}-{name}`")))),
        (
            "description",
            description.map(|text| Ts::text(text.chars().take(512).collect::<String>())),
        ),
        ("eventBus", bus.and_then(|bus| scope.construct(&names::bus_id(bus))).map(Ts::Code)),
        ("eventPattern", rule.schedule().is_none().then(|| scope.value(&known))),
        ("schedule", schedule),
        ("targets", Some(Ts::List(vec![target(planned, scope)]))),
    ]);
    let mut statements = vec![assign(&id, "events.Rule", props)];
    for change in changes {
        let (method, arguments) = match change {
            Change::Set(key, value) => {
                ("addPropertyOverride", vec![Ts::text(key), scope.value(&value)])
            }
            Change::Delete(key) => ("addPropertyDeletionOverride", vec![Ts::text(key)]),
        };
        let resource = format!("(this.{}.node.defaultChild as events.CfnRule)", member(&id));
        statements.push(Ts::Call(format!("{resource}.{method}"), arguments).statement(4, ""));
    }
    statements
}

/// What the CDK's own class cannot be told, and its resource is.
enum Change {
    /// A property gets this value.
    Set(String, Value),
    /// A property is left out.
    Delete(String),
}

/// A pattern in the CDK's keys, and what these cannot say of it.
fn pattern(pattern: &Json) -> (Value, Vec<Change>) {
    let (mut known, mut changes) = (Vec::new(), Vec::new());
    let is_text = has_null(pattern);
    for (key, value) in pattern.as_object().into_iter().flatten() {
        match PATTERN_KEYS.iter().find(|(wire, _)| wire == key) {
            Some(_) if has_null(value) => {}
            Some((_, name)) => known.push(((*name).to_owned(), Value::from(value))),
            None if is_text => {}
            None => changes.push(Change::Set(format!("EventPattern.{key}"), value.into())),
        }
    }
    if known.is_empty() {
        // The class takes no rule without a pattern.
        known.push(("source".to_owned(), Value::from(["none"])));
        if !is_text {
            changes.insert(0, Change::Delete("EventPattern.source".to_owned()));
        }
    }
    if is_text {
        changes.push(Change::Set("EventPattern".to_owned(), event_pattern(pattern)));
    }
    (Value::Map(known.into_iter().collect()), changes)
}

/// Where a rule leads, in the CDK's words for what the plain template says of the target.
fn target(planned: &PlannedRule<'_>, scope: &Scope) -> Ts {
    let rule = planned.rule;
    let (destination, group) = match planned.target {
        Target::Queue(queue) => {
            let fifo = queue.fifo.as_ref();
            let group = fifo.map(|fifo| fifo.group_path.as_deref().unwrap_or("all"));
            (names::queue_id(queue), group)
        }
        Target::Function(function) => (names::invoked_id(function), None),
    };
    let dead_letters = rule.dead_letter.as_ref().map(names::queue_id);
    let options = Ts::object([
        ("messageGroupId", group.map(Ts::text)),
        ("retryAttempts", Some(Ts::code(rule.maximum_retry_attempts.to_string()))),
        ("maxEventAge", Some(seconds(rule.maximum_event_age_seconds))),
        ("deadLetterQueue", dead_letters.and_then(|id| scope.construct(&id)).map(Ts::Code)),
    ]);
    let destination = scope.construct_of(&destination);
    Ts::Call("into".into(), vec![Ts::code(destination), options])
}

fn poller(function: &Function, delivery: &QueueDelivery, scope: &Scope) -> Ts {
    let source = &delivery.source;
    let window = (source.window_seconds > 0).then(|| seconds(source.window_seconds));
    let number = |number: u32| Ts::code(number.to_string());
    let arn = attribute(&names::queue_id(&delivery.queue), "Arn");
    Ts::object([
        ("target", scope.construct(&names::invoked_id(function)).map(Ts::Code)),
        ("eventSourceArn", Some(scope.value(&arn))),
        ("batchSize", Some(number(source.batch_size))),
        ("maxBatchingWindow", window),
        ("maxConcurrency", source.maximum_concurrency.map(number)),
        ("reportBatchItemFailures", Some(Ts::code("true"))),
    ])
}

fn reader(reader: &Reader<'_>, scope: &Scope) -> Ts {
    let Reader { function, table, delivery, .. } = reader;
    let some = |duration: u32| (duration > 0).then(|| seconds(duration));
    let number = |number: u32| Ts::code(number.to_string());
    let filter = tables::stream_filter(table);
    let filter = filter.map(|one| Ts::List(vec![Ts::object([("pattern", Some(Ts::text(one)))])]));
    let start = if delivery.from_start { "TRIM_HORIZON" } else { "LATEST" };
    Ts::object([
        ("target", scope.construct(&names::invoked_id(function)).map(Ts::Code)),
        ("eventSourceArn", Some(scope.value(&tables::stream_of(table)))),
        ("startingPosition", Some(Ts::code(format!("lambda.StartingPosition.{start}")))),
        ("batchSize", Some(number(delivery.batch_size))),
        ("maxBatchingWindow", some(delivery.window_seconds)),
        (
            "parallelizationFactor",
            (delivery.parallelization > 1).then(|| number(delivery.parallelization)),
        ),
        ("bisectBatchOnError", delivery.bisects.then(|| Ts::code("true"))),
        ("retryAttempts", delivery.maximum_retry_attempts.map(number)),
        ("maxRecordAge", delivery.maximum_record_age_seconds.map(seconds)),
        ("filters", filter),
        ("onFailure", delivery.on_failure.as_ref().map(|queue| destination(queue, scope))),
        ("reportBatchItemFailures", Some(Ts::code("true"))),
    ])
}

/// A queue that is told of failures. The CDK's own class would add a permission that the role has already.
fn destination(queue: &Queue, scope: &Scope) -> Ts {
    let arn = scope.value(&attribute(&names::queue_id(queue), "Arn"));
    let destination = Ts::Object(vec![("destination".into(), arn)]);
    Ts::code(format!("{{ bind: () => ({}) }}", destination.flat()))
}

/// The rule's permission to invoke, and what Lambda does when the function fails.
fn direct(function: &Function, delivery: &DirectDelivery, scope: &Scope) -> Vec<String> {
    let id = names::function_id(function);
    let construct = scope.construct_of(&id);
    let invoked = scope.construct_of(&names::invoked_id(function));
    let rule_arn = attribute(&names::rule_id(&delivery.rule), "Arn");
    let permission = Ts::Call(
        format!("{invoked}.addPermission"),
        vec![
            Ts::text("RulePermission"),
            Ts::object([
                (
                    "principal",
                    Some(Ts::call("new iam.ServicePrincipal", Ts::text("events.amazonaws.com"))),
                ),
                ("sourceArn", Some(scope.value(&rule_arn))),
            ]),
        ],
    );
    let on_failure = delivery.on_failure.as_ref().map(|queue| destination(queue, scope));
    let failure = Ts::construct(
        "lambda.EventInvokeConfig",
        &format!("{id}InvokeConfig"),
        Ts::object([
            ("function", Some(Ts::code(&construct))),
            ("qualifier", function.settings.live.as_ref().map(|_| Ts::text(ALIAS))),
            ("retryAttempts", Some(Ts::code(delivery.maximum_retry_attempts.to_string()))),
            ("maxEventAge", Some(seconds(delivery.maximum_event_age_seconds))),
            ("onFailure", on_failure),
        ]),
    );
    vec![permission.statement(4, ""), failure.statement(4, "")]
}
