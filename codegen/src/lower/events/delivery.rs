//! How events reach a receiver: the bus, the rule, the queue and who takes from it.

use super::field::{Holds, lower_field};
use super::queue::{self, lower_queue, named_queue};
use super::{Channel, pattern, schedule};
use crate::diag::catalog::{events as fault, streams as stream_fault};
use crate::lower::schema::Types;
use crate::lower::{Reported, Scope, names};
use crate::model::{
    Delivery, DirectDelivery, EventRule, EventSource, Fifo, Message, Queue, QueueDelivery,
    RuleTrigger,
};
use crate::parse::{Node, Value};
use crate::source::{FileId, Span};

/// How long a dead-letter queue that a contract only names keeps what it gets: as long as SQS can, 14 days.
pub(super) const LONGEST_RETENTION: u32 = limits::SQS_RETENTION;

/// A `receive` operation on its way to its messages.
pub(super) struct Receiver<'a, 'i> {
    pub(super) node: &'a Node,
    /// What its rule and queue are named after where a contract does not name them.
    pub(super) base: &'i str,
    /// How long its function may take.
    pub(super) timeout_seconds: u32,
}

/// The name of a rule that a contract does not name, with room for a stack's name before it.
fn rule_name(of: &str) -> String {
    names::bounded(&names::joined(&[of, "rule"]), 48)
}

/// The bus of a `send` operation.
pub(super) fn lower_bus<'a>(scope: Scope<'a>, channel: &Channel<'a>) -> Option<String> {
    let name = channel.bus(scope);
    if !is_bus_name(name) {
        let binding = channel.binding(scope, "x-eventbridge").ok()?;
        let at = binding.and_then(|binding| binding.get("bus")).unwrap_or(channel.named).span;
        scope.sink.report(fault::bad_bus_name(at, name));
        return None;
    }
    Some(name.to_owned())
}

/// Whether EventBridge takes a name for a bus.
pub(crate) fn is_bus_name(name: &str) -> bool {
    let legal = |char: char| char.is_ascii_alphanumeric() || "._-/".contains(char);
    !name.is_empty()
        && name.len() <= limits::EVENT_BUS_NAME as usize
        && !name.starts_with("aws.")
        && name.chars().all(legal)
}

/// A mapping that says nothing.
pub(super) static NOTHING: Node =
    Node { span: Span { file: FileId(0), start: 0, end: 0 }, value: Value::Null };

/// How the messages of a `receive` operation reach it.
pub(super) fn lower_delivery<'a>(
    scope: Scope<'a>,
    types: &Types<'a>,
    channel: &Channel<'a>,
    operation: &Receiver<'a, '_>,
    messages: &[Message],
) -> Option<Delivery> {
    let bus = lower_bus(scope, channel)?;
    let sqs = channel.binding(scope, "sqs").ok()?;
    let binding = channel.binding(scope, "x-eventbridge").ok()?;
    let eventbridge =
        Binding { node: binding.unwrap_or(&NOTHING), bus: &bus, channel: channel.node };
    let lambda = operation.node.get("x-lambda");
    let asynchronous = ["onFailure", "maximumRetryAttempts", "maximumEventAgeInSeconds"];
    let asynchronous = asynchronous.iter().find_map(|key| lambda?.entry(key));
    let by_default = scope.defaults.queues && asynchronous.is_none();
    if sqs.is_none() && !by_default {
        if let Some(entry) = operation.node.entry("x-event-source") {
            scope.sink.report(fault::no_queue(entry.key_span, channel.node.span));
            return None;
        }
        if let Some(node) = eventbridge.node.get("deduplicationId") {
            scope.sink.report(fault::deduplication_without_fifo(node.span, None));
            return None;
        }
        let name = rule_name(operation.base);
        let rule = lower_rule(scope, types, &eventbridge, messages, &name)?;
        return lower_direct(scope, lambda, rule).map(Box::new).map(Delivery::Direct);
    }
    if let Some(entry) = asynchronous {
        scope.sink.report(fault::not_for_queue(entry.named()));
        return None;
    }
    let delivery = match sqs {
        Some(sqs) => lower_queued(scope, types, sqs, &eventbridge, operation, messages)?,
        None => lower_default_queue(scope, types, &eventbridge, operation, messages)?,
    };
    Some(Delivery::Queue(Box::new(delivery)))
}

/// What a channel says of its rule, and what holds where it does not.
struct Binding<'a> {
    node: &'a Node,
    bus: &'a str,
    channel: &'a Node,
}

impl Binding<'_> {
    /// The narrowest place to point at.
    fn span(&self) -> Span {
        if std::ptr::eq(self.node, &raw const NOTHING) { self.channel.span } else { self.node.span }
    }
}

/// Rule, queue and dead letters of a receiver whose channel names no queue.
fn lower_default_queue<'a>(
    scope: Scope<'a>,
    types: &Types<'a>,
    eventbridge: &Binding<'_>,
    operation: &Receiver<'a, '_>,
    messages: &[Message],
) -> Option<QueueDelivery> {
    let Receiver { node, base, timeout_seconds } = *operation;
    let queue = queue::default_queue(scope, node, base, timeout_seconds);
    let name = rule_name(&queue.name.wire);
    Some(QueueDelivery {
        rule: lower_rule(scope, types, eventbridge, messages, &name)?,
        queue,
        dead_letter: Some(queue::default_dead_letters(scope, node, base)),
        max_receive_count: 5,
        source: lower_source(scope, node.get("x-event-source"), false)?,
    })
}

fn lower_queued<'a>(
    scope: Scope<'a>,
    types: &Types<'a>,
    sqs: &'a Node,
    eventbridge: &Binding<'_>,
    operation: &Receiver<'a, '_>,
    messages: &[Message],
) -> Option<QueueDelivery> {
    let node = scope.docs.target(sqs.get("queue")?)?;
    let mut queue = lower_queue(scope, node)?;
    lower_order(scope, types, eventbridge, node, messages, queue.fifo.as_mut())?;
    let dead_letter = match sqs.get("deadLetterQueue") {
        Some(dead) => Some(lower_queue(scope, scope.docs.target(dead)?)?),
        None => None,
    };
    let max_receive_count = redrive(scope, sqs, node, dead_letter.as_ref())?;
    let name = rule_name(&queue.name.wire);
    let rule = lower_rule(scope, types, eventbridge, messages, &name)?;
    let source = lower_source(scope, operation.node.get("x-event-source"), queue.fifo.is_some())?;
    Some(QueueDelivery { rule, queue, dead_letter, max_receive_count, source })
}

/// What a FIFO queue puts messages in order by, and recognises repetitions by.
fn lower_order(
    scope: Scope<'_>,
    types: &Types<'_>,
    eventbridge: &Binding<'_>,
    queue: &Node,
    messages: &[Message],
    fifo: Option<&mut Fifo>,
) -> Option<()> {
    let (group, repetition) =
        (eventbridge.node.get("messageGroupId"), eventbridge.node.get("deduplicationId"));
    let Some(fifo) = fifo else {
        if let Some(group) = group {
            scope.sink.report(fault::group_without_fifo(group.span, queue.span));
        }
        if let Some(node) = repetition {
            scope.sink.report(fault::deduplication_without_fifo(node.span, Some(queue.span)));
        }
        return (group.is_none() && repetition.is_none()).then_some(());
    };
    if let Some(schedule) = eventbridge.node.get("schedule") {
        scope.sink.report(fault::schedule_in_order(queue.span, schedule.span));
        return None;
    }
    let Some(group) = group else {
        scope.sink.report(fault::fifo_without_group(queue.span, eventbridge.span()));
        return None;
    };
    let group = lower_field(scope, types, group, messages, Holds::TextOrNumber);
    let repetition = repetition.map(|node| lower_field(scope, types, node, messages, Holds::Text));
    fifo.group_path = Some(group?);
    if let Some(path) = repetition {
        fifo.deduplication_path = Some(path?);
    }
    Some(())
}

/// `maxReceiveCount`, where a contract does not say it: as AsyncAPI's binding has it.
const DEFAULT_TRIES: u32 = 10;

/// How often a message is tried before it goes to the dead-letter queue.
fn redrive(scope: Scope<'_>, sqs: &Node, queue: &Node, dead_letter: Option<&Queue>) -> Option<u32> {
    let Some(policy) = queue.get("redrivePolicy") else {
        if let (Some(entry), Some(dead)) = (sqs.entry("deadLetterQueue"), dead_letter) {
            scope.sink.report(fault::no_redrive(entry.key_span, &dead.name.wire, DEFAULT_TRIES));
        }
        return Some(DEFAULT_TRIES);
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
    bounded(scope, policy, "maxReceiveCount", DEFAULT_TRIES, 1, limits::SQS_RECEIVE_COUNT)
}

fn lower_rule(
    scope: Scope<'_>,
    types: &Types<'_>,
    binding: &Binding<'_>,
    messages: &[Message],
    default_name: &str,
) -> Option<EventRule> {
    let node = binding.node;
    let name = match node.get("ruleName") {
        None => default_name.to_owned(),
        Some(named) => {
            let name = named.text()?;
            let legal = |char: char| char.is_ascii_alphanumeric() || "._-".contains(char);
            if name.is_empty()
                || name.len() > limits::EVENT_RULE_NAME as usize
                || !name.chars().all(legal)
            {
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
    let trigger = match schedule::lower_schedule(scope, types, node, messages).ok()? {
        Some(schedule) => RuleTrigger::Schedule(schedule),
        None => RuleTrigger::Pattern(pattern::lower_pattern(
            scope,
            types,
            node.get("pattern"),
            messages,
        )?),
    };
    Some(EventRule {
        name: names::name(&name),
        bus: binding.bus.to_owned(),
        trigger,
        dead_letter,
        maximum_retry_attempts: limit(
            "maximumRetryAttempts",
            limits::EVENT_RULE_TRIES,
            0,
            limits::EVENT_RULE_TRIES,
        )?,
        maximum_event_age_seconds: limit(
            "maximumEventAgeInSeconds",
            limits::EVENT_RULE_AGE,
            limits::EVENT_RULE_AGE_LEAST,
            limits::EVENT_RULE_AGE,
        )?,
    })
}

fn lower_direct(
    scope: Scope<'_>,
    lambda: Option<&Node>,
    rule: EventRule,
) -> Option<DirectDelivery> {
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
        maximum_retry_attempts: limit(
            "maximumRetryAttempts",
            limits::LAMBDA_ASYNC_TRIES,
            0,
            limits::LAMBDA_ASYNC_TRIES,
        )?,
        maximum_event_age_seconds: limit(
            "maximumEventAgeInSeconds",
            limits::LAMBDA_ASYNC_AGE,
            limits::LAMBDA_ASYNC_AGE_LEAST,
            limits::LAMBDA_ASYNC_AGE,
        )?,
        on_failure,
    })
}

/// What `x-event-source` says of the streams of tables alone.
const ONLY_FOR_STREAMS: [&str; 6] = [
    "startingPosition",
    "parallelizationFactor",
    "bisectBatchOnFunctionError",
    "maximumRetryAttempts",
    "maximumRecordAgeInSeconds",
    "onFailure",
];

fn lower_source(scope: Scope<'_>, node: Option<&Node>, is_fifo: bool) -> Option<EventSource> {
    let Some(node) = node else {
        return Some(EventSource { batch_size: 10, window_seconds: 0, maximum_concurrency: None });
    };
    if scope.docs.failed(node) {
        return None;
    }
    if let Some(entry) = ONLY_FOR_STREAMS.iter().find_map(|key| node.entry(key)) {
        scope.sink.report(stream_fault::only_for_stream(entry.named()));
        return None;
    }
    let greatest = if is_fifo { limits::LAMBDA_FIFO_BATCH } else { limits::LAMBDA_BATCH };
    let batch_size = bounded(scope, node, "batchSize", 10, 1, greatest);
    let window_seconds =
        bounded(scope, node, "maximumBatchingWindowInSeconds", 0, 0, limits::LAMBDA_BATCH_WINDOW);
    let (least, most) = (limits::LAMBDA_CONCURRENCY_LEAST, limits::LAMBDA_CONCURRENCY);
    let maximum_concurrency = optional(scope, node, "maximumConcurrency", least, most);
    let (batch_size, window_seconds, maximum_concurrency) =
        (batch_size?, window_seconds?, maximum_concurrency.ok()?);
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

/// A number that has no default.
pub(crate) fn optional(
    scope: Scope<'_>,
    node: &Node,
    key: &str,
    least: u32,
    greatest: u32,
) -> Result<Option<u32>, Reported> {
    match node.get(key) {
        Some(_) => bounded(scope, node, key, least, least, greatest).map(Some).ok_or(Reported),
        None => Ok(None),
    }
}
