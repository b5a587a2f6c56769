//! How events reach a receiver: the bus, the rule, the queue and who takes from it.

use super::field::{Holds, lower_field};
use super::{Channel, pattern, schedule};
use crate::diag::catalog::events as fault;
use crate::lower::schema::Types;
use crate::lower::{Scope, names};
use crate::model::{
    Delivery, DirectDelivery, EventSource, Fifo, Message, Name, Queue, QueueDelivery, Rule,
    RuleTrigger,
};
use crate::parse::Node;

/// How long a dead-letter queue that a contract only names keeps what it gets: as long as SQS can, 14 days.
const LONGEST_RETENTION: u32 = 1_209_600;

/// The bus of a `send` operation.
pub(super) fn lower_bus(scope: Scope<'_>, channel: &Channel<'_>) -> Option<String> {
    let binding = channel.bindings.and_then(|bindings| bindings.get("x-eventbridge"));
    let Some(binding) = binding else {
        let by_queue = channel.bindings.is_some_and(|bindings| bindings.get("sqs").is_some());
        scope.sink.report(fault::no_bus(channel.named.span, channel.node.span, by_queue));
        return None;
    };
    bus(scope, binding)
}

/// The bus that a binding names.
fn bus(scope: Scope<'_>, binding: &Node) -> Option<String> {
    let node = binding.get("bus")?;
    let name = node.text()?;
    let legal = |char: char| char.is_ascii_alphanumeric() || "._-/".contains(char);
    if name.is_empty() || name.len() > 256 || name.starts_with("aws.") || !name.chars().all(legal) {
        scope.sink.report(fault::bad_bus_name(node.span, name));
        return None;
    }
    Some(name.to_owned())
}

/// How the messages of a `receive` operation reach it.
pub(super) fn lower_delivery<'a>(
    scope: Scope<'a>,
    types: &Types<'a>,
    channel: &Channel<'a>,
    operation: &'a Node,
    id: &Name,
    messages: &[Message],
) -> Option<Delivery> {
    let sqs = channel.binding(scope, "sqs")?;
    let Some(eventbridge) = channel.binding(scope, "x-eventbridge")? else {
        scope.sink.report(fault::no_bus(channel.named.span, channel.node.span, sqs.is_some()));
        return None;
    };
    let lambda = operation.get("x-lambda");
    let Some(sqs) = sqs else {
        if let Some(entry) = operation.entry("x-event-source") {
            scope.sink.report(fault::no_queue(entry.key_span, channel.node.span));
            return None;
        }
        if let Some(node) = eventbridge.get("deduplicationId") {
            scope.sink.report(fault::deduplication_without_fifo(node.span, None));
            return None;
        }
        let name = names::joined(&[&id.wire, "rule"]);
        let rule = lower_rule(scope, types, eventbridge, messages, &name)?;
        return lower_direct(scope, lambda, rule).map(Box::new).map(Delivery::Direct);
    };
    for key in ["onFailure", "maximumRetryAttempts", "maximumEventAgeInSeconds"] {
        if let Some(entry) = lambda.and_then(|lambda| lambda.entry(key)) {
            scope.sink.report(fault::not_for_queue(entry.named()));
            return None;
        }
    }
    let bindings = Bindings { sqs, eventbridge };
    lower_queued(scope, types, &bindings, operation, messages).map(Box::new).map(Delivery::Queue)
}

/// The two bindings of a channel with a queue.
struct Bindings<'a> {
    sqs: &'a Node,
    eventbridge: &'a Node,
}

fn lower_queued<'a>(
    scope: Scope<'a>,
    types: &Types<'a>,
    bindings: &Bindings<'a>,
    operation: &'a Node,
    messages: &[Message],
) -> Option<QueueDelivery> {
    let Bindings { sqs, eventbridge } = *bindings;
    let node = scope.docs.target(sqs.get("queue")?)?;
    let mut queue = lower_queue(scope, node)?;
    lower_order(scope, types, eventbridge, node, messages, queue.fifo.as_mut())?;
    let dead_letter = match sqs.get("deadLetterQueue") {
        Some(dead) => Some(lower_queue(scope, scope.docs.target(dead)?)?),
        None => None,
    };
    let max_receive_count = redrive(scope, sqs, node, dead_letter.as_ref())?;
    let name = names::joined(&[&queue.name.wire, "rule"]);
    let rule = lower_rule(scope, types, eventbridge, messages, &name)?;
    let source = lower_source(scope, operation.get("x-event-source"), queue.fifo.is_some())?;
    Some(QueueDelivery { rule, queue, dead_letter, max_receive_count, source })
}

/// What a FIFO queue puts messages in order by, and recognises repetitions by.
fn lower_order(
    scope: Scope<'_>,
    types: &Types<'_>,
    eventbridge: &Node,
    queue: &Node,
    messages: &[Message],
    fifo: Option<&mut Fifo>,
) -> Option<()> {
    let (group, repetition) =
        (eventbridge.get("messageGroupId"), eventbridge.get("deduplicationId"));
    let Some(fifo) = fifo else {
        if let Some(group) = group {
            scope.sink.report(fault::group_without_fifo(group.span, queue.span));
        }
        if let Some(node) = repetition {
            scope.sink.report(fault::deduplication_without_fifo(node.span, Some(queue.span)));
        }
        return (group.is_none() && repetition.is_none()).then_some(());
    };
    if let Some(schedule) = eventbridge.get("schedule") {
        scope.sink.report(fault::schedule_in_order(queue.span, schedule.span));
        return None;
    }
    let Some(group) = group else {
        scope.sink.report(fault::fifo_without_group(queue.span, eventbridge.span));
        return None;
    };
    let group = lower_field(scope, types, group, messages, Holds::TextOrNumber);
    let repetition = repetition.map(|node| lower_field(scope, types, node, messages, Holds::Text));
    fifo.group_path = Some(group?);
    fifo.deduplication_path = repetition.map_or(Some(None), |path| path.map(Some))?;
    Some(())
}

/// How often a message is tried before it goes to the dead-letter queue.
fn redrive(scope: Scope<'_>, sqs: &Node, queue: &Node, dead_letter: Option<&Queue>) -> Option<u32> {
    let Some(policy) = queue.get("redrivePolicy") else {
        if let (Some(entry), Some(dead)) = (sqs.entry("deadLetterQueue"), dead_letter) {
            scope.sink.report(fault::no_redrive(entry.key_span, &dead.name.wire));
            return None;
        }
        return Some(10);
    };
    if scope.docs.failed(policy) {
        return None;
    }
    let named = policy.at(&["deadLetterQueue", "name"])?;
    let Some(dead) = dead_letter else {
        scope.sink.report(fault::redrive_to_nowhere(named.span, named.text()?));
        return None;
    };
    if named.text() != Some(dead.name.wire.as_str()) {
        scope.sink.report(fault::redrive_elsewhere(
            named.span,
            named.text()?,
            &dead.name.wire,
            dead.origin.span,
        ));
        return None;
    }
    bounded(scope, policy, "maxReceiveCount", 10, 1, 1000)
}

fn lower_queue(scope: Scope<'_>, node: &Node) -> Option<Queue> {
    if scope.docs.failed(node) {
        return None;
    }
    let named = node.get("name")?;
    let name = named.text()?;
    let is_fifo = node.is_set("fifoQueue");
    check_queue_name(scope, named, name, is_fifo)?;
    let text = |key: &str| node.text_at(key).map(str::to_owned);
    let fifo = is_fifo.then(|| Fifo {
        deduplication_scope: text("deduplicationScope"),
        throughput_limit: text("fifoThroughputLimit"),
        group_path: None,
        deduplication_path: None,
    });
    let tags = node.get("tags").into_iter().flat_map(Node::entries);
    Some(Queue {
        name: names::name(name),
        fifo,
        delay_seconds: bounded(scope, node, "deliveryDelay", 0, 0, 900)?,
        visibility_timeout_seconds: bounded(scope, node, "visibilityTimeout", 60, 0, 43_200)?,
        receive_wait_seconds: bounded(scope, node, "receiveMessageWaitTime", 20, 0, 20)?,
        retention_seconds: bounded(
            scope,
            node,
            "messageRetentionPeriod",
            345_600,
            60,
            LONGEST_RETENTION,
        )?,
        tags: tags
            .filter_map(|entry| Some((entry.key.clone(), entry.value.text()?.to_owned())))
            .collect(),
        origin: scope.origin(node.span),
    })
}

fn check_queue_name(scope: Scope<'_>, named: &Node, name: &str, is_fifo: bool) -> Option<()> {
    if name.ends_with(".fifo") != is_fifo {
        scope.sink.report(fault::fifo_name(named.span, name, is_fifo));
        return None;
    }
    let plain = name.trim_end_matches(".fifo");
    let legal = |char: char| char.is_ascii_alphanumeric() || "_-".contains(char);
    if plain.is_empty() || name.len() > 80 || !plain.chars().all(legal) {
        scope.sink.report(fault::bad_queue_name(named.span, name));
        return None;
    }
    Some(())
}

/// A queue that a contract names and says nothing else of.
fn named_queue(scope: Scope<'_>, named: &Node) -> Option<Queue> {
    let name = named.text()?;
    check_queue_name(scope, named, name, false)?;
    Some(Queue {
        name: names::name(name),
        fifo: None,
        delay_seconds: 0,
        visibility_timeout_seconds: 30,
        receive_wait_seconds: 20,
        retention_seconds: LONGEST_RETENTION,
        tags: vec![],
        origin: scope.origin(named.span),
    })
}

fn lower_rule(
    scope: Scope<'_>,
    types: &Types<'_>,
    node: &Node,
    messages: &[Message],
    default_name: &str,
) -> Option<Rule> {
    let bus = bus(scope, node);
    let name = match node.get("ruleName") {
        None => default_name.to_owned(),
        Some(named) => {
            let name = named.text()?;
            let legal = |char: char| char.is_ascii_alphanumeric() || "._-".contains(char);
            if name.is_empty() || name.len() > 64 || !name.chars().all(legal) {
                scope.sink.report(fault::bad_rule_name(named.span, name));
                return None;
            }
            name.to_owned()
        }
    };
    let retry = node.get("retryPolicy");
    if retry.is_some_and(|retry| scope.docs.failed(retry)) {
        return None;
    }
    let limit = |key: &str, default, least, greatest| match retry {
        None => Some(default),
        Some(retry) => bounded(scope, retry, key, default, least, greatest),
    };
    let dead_letter = match node.get("deadLetterQueue") {
        Some(named) => Some(named_queue(scope, named)?),
        None => None,
    };
    let trigger = match schedule::lower_schedule(scope, types, node, messages)? {
        Some(schedule) => RuleTrigger::Schedule(schedule),
        None => RuleTrigger::Pattern(pattern::lower_pattern(
            scope,
            types,
            node.get("pattern"),
            messages,
        )?),
    };
    Some(Rule {
        name: names::name(&name),
        bus: bus?,
        trigger,
        dead_letter,
        maximum_retry_attempts: limit("maximumRetryAttempts", 185, 0, 185)?,
        maximum_event_age_seconds: limit("maximumEventAgeInSeconds", 86_400, 60, 86_400)?,
    })
}

fn lower_direct(scope: Scope<'_>, lambda: Option<&Node>, rule: Rule) -> Option<DirectDelivery> {
    if lambda.is_some_and(|lambda| scope.docs.failed(lambda)) {
        return None;
    }
    let limit = |key: &str, default, least, greatest| match lambda {
        None => Some(default),
        Some(lambda) => bounded(scope, lambda, key, default, least, greatest),
    };
    let on_failure = match lambda.and_then(|lambda| lambda.get("onFailure")) {
        Some(named) => Some(named_queue(scope, named)?),
        None => None,
    };
    Some(DirectDelivery {
        rule,
        maximum_retry_attempts: limit("maximumRetryAttempts", 2, 0, 2)?,
        maximum_event_age_seconds: limit("maximumEventAgeInSeconds", 21_600, 60, 21_600)?,
        on_failure,
    })
}

fn lower_source(scope: Scope<'_>, node: Option<&Node>, is_fifo: bool) -> Option<EventSource> {
    let Some(node) = node else {
        return Some(EventSource { batch_size: 10, window_seconds: 0, maximum_concurrency: None });
    };
    if scope.docs.failed(node) {
        return None;
    }
    let greatest = if is_fifo { 10 } else { 10_000 };
    let batch_size = bounded(scope, node, "batchSize", 10, 1, greatest);
    let window_seconds = bounded(scope, node, "maximumBatchingWindowInSeconds", 0, 0, 300);
    let maximum_concurrency = match node.get("maximumConcurrency") {
        Some(_) => bounded(scope, node, "maximumConcurrency", 2, 2, 1000).map(Some),
        None => Some(None),
    };
    let (batch_size, window_seconds, maximum_concurrency) =
        (batch_size?, window_seconds?, maximum_concurrency?);
    if let (Some(entry), true) = (node.entry("batchSize"), batch_size > 10 && window_seconds == 0) {
        scope.sink.report(fault::large_batch(entry.value.span, batch_size));
        return None;
    }
    if let (Some(entry), true) =
        (node.entry("maximumBatchingWindowInSeconds"), is_fifo && window_seconds > 0)
    {
        scope.sink.report(fault::window_with_fifo(entry.value.span));
        return None;
    }
    Some(EventSource { batch_size, window_seconds, maximum_concurrency })
}

/// A number within what AWS allows.
pub(crate) fn bounded(
    scope: Scope<'_>,
    node: &Node,
    key: &str,
    default: u32,
    least: u32,
    greatest: u32,
) -> Option<u32> {
    let Some(value) = node.get(key) else { return Some(default) };
    let number = value.count()?;
    match u32::try_from(number).ok().filter(|number| (least..=greatest).contains(number)) {
        Some(number) => Some(number),
        None => {
            scope.sink.report(fault::out_of_range(value.span, key, number, least, greatest));
            None
        }
    }
}
