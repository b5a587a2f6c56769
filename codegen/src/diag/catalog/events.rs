//! Messages, channels, rules and queues.

use crate::diag::{Diagnostic, Key};
use crate::source::Span;

/// An operation without messages.
#[must_use]
pub fn no_message(at: Span) -> Diagnostic {
    Diagnostic::warning(
        "no-message",
        "the operation has no message, so no code is generated for it",
        at,
    )
    .help("add a message to its channel:\nmessages:\n  somethingHappened:\n    payload: {type: object}")
}

/// A document that neither sends nor receives.
#[must_use]
pub fn no_operation(at: Span) -> Diagnostic {
    let message = "the document has no operations, so no code is generated for its channels";
    Diagnostic::warning("no-operation", message, at).help(
        "add an operation that sends or receives:\noperations:\n  sendSomething:\n    action: send\n    channel: {$ref: '#/channels/…'}",
    )
}

/// A payload that the detail of an event cannot be.
#[must_use]
pub fn payload_wrapped(at: Span) -> Diagnostic {
    let message =
        "the `detail` of an event must be an object, so this payload is sent as `{\"data\": …}`";
    Diagnostic::warning("payload-wrapped", message, at)
        .help("make the payload an object with a property for the value, so that contract and event match")
}

/// A detail-type that EventBridge does not take.
#[must_use]
pub fn bad_detail_type(at: Span, found: &str) -> Diagnostic {
    let message =
        format!("a detail-type must have 1 to 128 characters; this one has {}", found.len());
    Diagnostic::error("bad-detail-type", message, at)
        .help("set it: `x-amazon-events-detail-type: SomethingHappened`")
}

/// A part of an address that no payload repeats.
#[must_use]
pub fn parameter_in_address(entry: Key<'_>) -> Diagnostic {
    let message = format!(
        "`{}` occurs only in the channel address, which events do not have, so its value is lost",
        entry.name
    );
    Diagnostic::warning("parameter-in-address", message, entry.span).help(format!(
        "add it to the payload, and refer to it: `location: $message.payload#/{}`",
        entry.name
    ))
}

/// A detail-type made of an address that no event has.
#[must_use]
pub fn template_in_detail_type(at: Span, message: &str, detail_type: &str) -> Diagnostic {
    let text = format!(
        "events `{message}` have the detail-type `{detail_type}` literally: `{{address}}` stands for the address as it is written"
    );
    Diagnostic::warning("parameter-in-address", text, at).help(
        "name the detail-type that its sender uses, on the message:\nx-amazon-events-detail-type: …",
    )
}

/// Values of a part of an address that the payload does not bound.
#[must_use]
pub fn parameter_bound_lost(entry: Key<'_>, parameter: &str) -> Diagnostic {
    let message =
        format!("`{}` of `{parameter}` has no effect: events have no address", entry.name);
    Diagnostic::warning("parameter-in-address", message, entry.span)
        .help(format!("write `{}` in the payload's schema, at `location`", entry.name))
}

/// A part of an address that its channel does not declare.
#[must_use]
pub fn parameter_undeclared(at: Span, name: &str) -> Diagnostic {
    let message = format!(
        "the channel does not declare `{name}`, which occurs only in its address, so the value is lost"
    );
    Diagnostic::warning("parameter-in-address", message, at).help(format!(
        "declare it, with its place in the payload:\nparameters:\n  {name}:\n    location: $message.payload#/{name}"
    ))
}

/// A parameter of a channel that its address does not have.
#[must_use]
pub fn parameter_not_in_address(entry: Key<'_>, address: &str) -> Diagnostic {
    let name = entry.name;
    let message = format!("`{name}` has no effect: the address `{address}` has no `{{{name}}}`");
    Diagnostic::warning("parameter-in-address", message, entry.span)
        .help("remove it, or add it to the address")
}

/// A parameter of a channel whose place in the payload no event has.
#[must_use]
pub fn parameter_nowhere(at: Span, name: &str, message: &str, step: &str) -> Diagnostic {
    let text = format!(
        "the payload of `{message}` has no `{step}`, so the value of `{name}` in the address is lost"
    );
    Diagnostic::warning("parameter-in-address", text, at)
        .help("add it to the payload, or correct `location`")
}

/// A `default` of a parameter of a channel that its `enum` does not have.
#[must_use]
pub fn parameter_default(at: Span, name: &str, default: &str) -> Diagnostic {
    let message = format!("the default `{default}` of `{name}` is not one of its `enum`");
    Diagnostic::warning("parameter-in-address", message, at).help("add it to `enum`, or correct it")
}

/// A brace of an address that opens a parameter without an end.
#[must_use]
pub fn address_unclosed(at: Span) -> Diagnostic {
    Diagnostic::warning("parameter-in-address", "a `{` of the address has no `}`", at)
        .help("close the parameter: `{name}`")
}

/// A message whose detail-type has the name of its channel in it, because another channel has one of the same key.
#[must_use]
pub fn named_alike(at: Span, key: &str, detail_type: &str) -> Diagnostic {
    let message = format!(
        "several channels have a message `{key}`, so the detail-type of this one is `{detail_type}`"
    );
    Diagnostic::warning("detail-type-of-channel", message, at)
        .help(format!("give each a `name`, which the detail-type then is: `name: {key}`"))
}

/// Two messages that receivers take for each other's events.
#[must_use]
pub fn received_twice(message: Key<'_>, other: Key<'_>, detail_type: &str) -> Diagnostic {
    let text = format!(
        "`{}` and `{}` have the detail-type `{detail_type}` on one bus, so each receiver also gets the other's events, whose payload it refuses",
        message.name, other.name
    );
    Diagnostic::warning("received-twice", text, message.span)
        .also(other.span, "the other message")
        .help("give one of them another `name`, or an `x-amazon-events-source`")
}

/// A queue of a channel that nothing receives from.
#[must_use]
pub fn queue_of_nobody(entry: Key<'_>) -> Diagnostic {
    let message = "nothing receives from this channel, so its queue is not created: events are sent to the bus";
    Diagnostic::warning("ignored-key", message, entry.span)
        .help("remove the binding, or move it to a channel with an operation of `action: receive`")
}

/// What a binding says of the rule of a channel that nothing receives from.
#[must_use]
pub fn rule_of_nobody(entry: Key<'_>) -> Diagnostic {
    let message = format!(
        "nothing receives from this channel, so there is no rule that `{}` is for",
        entry.name
    );
    Diagnostic::warning("ignored-key", message, entry.span)
        .help("remove it, or move it to a channel with an operation of `action: receive`")
}

/// Settings of a FIFO queue that SQS does not take together.
#[must_use]
pub fn throughput_by_group(limit: Span, scope: Option<Span>) -> Diagnostic {
    let message = "`perMessageGroupId` is allowed only with `deduplicationScope: messageGroup`";
    let diagnostic = Diagnostic::error("bad-queue", message, limit);
    match scope {
        Some(scope) => diagnostic.also(scope, "the scope").help("write `messageGroup` there"),
        None => diagnostic.help("add `deduplicationScope: messageGroup`"),
    }
}

/// An example of a message that nothing checks, because it has no payload.
#[must_use]
pub fn example_without_payload(entry: Key<'_>) -> Diagnostic {
    let message =
        format!("`{}` of the example has no effect, because it is not in `payload`", entry.name);
    Diagnostic::warning("ignored-key", message, entry.span)
        .help("write the event below `payload`:\nexamples:\n  - payload: {…}")
}

/// A message that goes over one bus by two channels.
#[must_use]
pub fn sent_twice(at: Span, name: &str, first: Span, same_channel: bool) -> Diagnostic {
    if same_channel {
        let message = format!(
            "`{name}` is also sent by another operation of this channel, and receivers cannot distinguish them"
        );
        return Diagnostic::warning("sent-twice", message, at)
            .also(first, "the other operation")
            .help("use a separate message for each, or a single operation");
    }
    let message = format!(
        "`{name}` is also sent through another channel, and receivers cannot distinguish them"
    );
    Diagnostic::warning("sent-twice", message, at)
        .also(first, "the other channel")
        .help("use a separate message, or set `detailType: '{channel}.{message}'` in `spec/defaults.yaml`")
}

/// A reply of which no message is known.
#[must_use]
pub fn reply_without_channel(entry: Key<'_>) -> Diagnostic {
    let message = "a `reply` without a `channel` is not supported: its messages are unknown";
    Diagnostic::error("unsupported-reply", message, entry.span).help(
        "add the channel of its messages; a reply is an event, so its address has no effect:\n\
         reply:\n  channel: {$ref: '#/channels/<channel>'}",
    )
}

/// A reply that the receiver publishes.
#[must_use]
pub fn reply_as_event(entry: Key<'_>, address: Option<Span>) -> Diagnostic {
    let message =
        "the `reply` is an event: business rules publish it, and nothing checks that they do";
    let diagnostic = Diagnostic::warning("reply-as-event", message, entry.span).help(
        "the sender of the request receives it with an operation of `action: receive`; \
         give both messages a `correlationId`",
    );
    match address {
        Some(at) => diagnostic.also(at, "it has no effect: EventBridge rules choose receivers"),
        None => diagnostic,
    }
}

/// A reply that nothing comes of.
#[must_use]
pub fn reply_not_awaited(entry: Key<'_>, leads_somewhere: bool) -> Diagnostic {
    let diagnostic = Diagnostic::warning(
        "reply-not-awaited",
        "the `reply` is ignored: the request is sent as an event",
        entry.span,
    );
    if leads_somewhere {
        return diagnostic
            .help("receive the reply as a separate event, with an operation of `action: receive`");
    }
    diagnostic
}

/// A place that is no runtime expression.
#[must_use]
pub fn bad_expression(at: Span, found: &str) -> Diagnostic {
    Diagnostic::error("bad-expression", format!("`{found}` is not a runtime expression"), at)
        .help("name a field of the message: `$message.payload#/orderId`")
}

/// A correlation id where no event has anything.
#[must_use]
pub fn correlation_in_header(at: Span) -> Diagnostic {
    let message = "the correlation ID is in a header, which events do not have, so it is lost";
    Diagnostic::warning("correlation-in-header", message, at)
        .help("move it to the payload: `location: $message.payload#/correlationId`")
}

/// A correlation id that the payload does not have.
#[must_use]
pub fn correlation_nowhere(at: Span, message: &str, step: &str) -> Diagnostic {
    let text =
        format!("the correlation ID of `{message}` does not exist: the payload has no `{step}`");
    Diagnostic::warning("correlation-nowhere", text, at)
}

/// A message that the channel of its operation does not carry.
#[must_use]
pub fn message_of_other_channel(at: Span, channel: Span) -> Diagnostic {
    Diagnostic::error(
        "message-of-other-channel",
        "this message is not in the operation's channel",
        at,
    )
    .also(channel, "the channel")
    .help("refer to a message of the channel: `#/channels/<channel>/messages/<message>`")
}

/// An extension of receivers on a sender.
#[must_use]
pub fn not_for_send(entry: Key<'_>) -> Diagnostic {
    let message = format!("`{}` has no effect on a `send` operation", entry.name);
    Diagnostic::error("misplaced-extension", message, entry.span)
        .help("only a `receive` operation has a separate function")
}

/// A schema that refers to a message.
#[must_use]
pub fn message_as_schema(at: Span, message: &str, payload: &str) -> Diagnostic {
    let text = format!("`{message}` is a message, but a schema is expected here");
    Diagnostic::warning("message-as-schema", text, at)
        .here("read as the schema of its payload")
        .help(format!("refer to the payload: `$ref: '{payload}'`"))
}

/// A content type that is not JSON.
#[must_use]
pub fn not_json(at: Span, found: &str) -> Diagnostic {
    Diagnostic::error(
        "not-json-message",
        format!("the content type `{found}` is not supported"),
        at,
    )
    .help("EventBridge events are JSON: `contentType: application/json`")
}

/// A schema language that is not read.
#[must_use]
pub fn schema_format(at: Span, found: &str) -> Diagnostic {
    let language =
        ["avro", "protobuf", "raml"].iter().find(|name| found.to_lowercase().contains(**name));
    let language = match language {
        Some(&"avro") => " (Avro)",
        Some(&"protobuf") => " (Protocol Buffers)",
        Some(_) => " (RAML)",
        None => "",
    };
    Diagnostic::error(
        "schema-format",
        format!("the schema format `{found}`{language} is not supported"),
        at,
    )
    .help("write the payload as a JSON Schema, and remove `schemaFormat`")
}

/// A source that AWS keeps for itself.
#[must_use]
pub fn reserved_source(at: Span, source: &str) -> Diagnostic {
    let message = format!("the source `{source}` starts with `aws.`, which is reserved for AWS");
    Diagnostic::error("reserved-source", message, at)
}

/// A payload that cannot be the detail of an event.
#[must_use]
pub fn payload_not_object(at: Span, name: &str) -> Diagnostic {
    let message = format!("the payload of `{name}` must be an object with properties");
    Diagnostic::error("payload-not-object", message, at)
        .help("the `detail` of an EventBridge event is always an object")
}

/// A payload that EventBridge's schema registry wrote for the whole event.
#[must_use]
pub fn payload_is_envelope(at: Span, name: &str, named: &[(&str, &str)]) -> Diagnostic {
    let lines: String = named.iter().map(|(key, text)| format!("\n{key}: {text}")).collect();
    let message = format!("the payload of `{name}` is the schema of the whole event");
    Diagnostic::error("payload-is-envelope", message, at).help(format!(
        "write the schema of its `detail`, and what names the event:\npayload: {{$ref: …}}{lines}"
    ))
}

/// A poller without queue.
#[must_use]
pub fn no_queue(at: Span, channel: Span) -> Diagnostic {
    Diagnostic::error("no-queue", "`x-event-source` needs a queue, and the channel has none", at)
        .also(channel, "the channel")
        .help("add the `sqs` binding to the channel, or remove `x-event-source`")
}

/// A setting of asynchronous invocation where a queue is polled.
#[must_use]
pub fn not_for_queue(entry: Key<'_>) -> Diagnostic {
    let message = format!("`{}` has no effect, because the function polls a queue", entry.name);
    Diagnostic::error("bad-delivery", message, entry.span).help(
        "set the maximum number of receives and the dead-letter queue in the queue's `redrivePolicy`",
    )
}

/// A bus name that EventBridge does not take.
#[must_use]
pub fn bad_bus_name(at: Span, name: &str) -> Diagnostic {
    Diagnostic::error("bad-bus-name", format!("`{name}` is not a valid event bus name"), at)
        .help("use letters, digits, `.`, `_`, `-` and `/`; the name must not start with `aws.`")
}

/// A rule name that EventBridge does not take.
#[must_use]
pub fn bad_rule_name(at: Span, name: &str) -> Diagnostic {
    Diagnostic::error("bad-rule-name", format!("`{name}` is not a valid rule name"), at)
        .help("use at most 64 letters, digits, `.`, `_` and `-`")
}

/// A tag that AWS refuses.
#[must_use]
pub fn bad_tag(at: Span, key: &str, why: &str) -> Diagnostic {
    Diagnostic::error("bad-queue", format!("the tag `{key}` is invalid: {why}"), at)
}

/// A queue name that SQS does not take.
#[must_use]
pub fn bad_queue_name(at: Span, name: &str) -> Diagnostic {
    Diagnostic::error("bad-queue-name", format!("`{name}` is not a valid queue name"), at)
        .help("use at most 80 letters, digits, `_` and `-`")
}

/// A name that ends in `.fifo` where it should not, or the reverse.
#[must_use]
pub fn fifo_name(at: Span, name: &str, is_fifo: bool) -> Diagnostic {
    let (message, help) = if is_fifo {
        (
            format!("the name of a FIFO queue must end in `.fifo`; `{name}` does not"),
            format!(
                "write `{name}.fifo`, also where other queues name it, or remove `fifoQueue: true`"
            ),
        )
    } else {
        (
            format!("`{name}` ends in `.fifo`, but is not a FIFO queue"),
            "write `fifoQueue: true`".to_owned(),
        )
    };
    Diagnostic::error("fifo-name", message, at).help(help)
}

/// A queue for what could not be delivered, whose name ends as that of a FIFO queue.
#[must_use]
pub fn failures_in_order(at: Span, name: &str) -> Diagnostic {
    let message = format!("`{name}` ends in `.fifo`, but this queue cannot be a FIFO queue");
    let plain = name.trim_end_matches(".fifo");
    Diagnostic::error("fifo-name", message, at).help(format!("write `{plain}`"))
}

/// A dead-letter queue without a word on when messages go there.
#[must_use]
pub fn no_redrive(at: Span, name: &str, tries: u32) -> Diagnostic {
    let message = format!(
        "`maxReceiveCount` is missing; messages move to the dead-letter queue `{name}` after {tries} receives"
    );
    Diagnostic::warning("no-redrive", message, at)
        .help(format!("set it on the queue:\nredrivePolicy:\n  deadLetterQueue:\n    name: {name}\n  maxReceiveCount: 5"))
}

/// A redrive policy without the queue.
#[must_use]
pub fn redrive_to_nowhere(at: Span, name: &str) -> Diagnostic {
    Diagnostic::error("redrive-elsewhere", format!("the binding does not describe the dead-letter queue `{name}`"), at)
        .help(format!("describe it next to `queue`:\ndeadLetterQueue:\n  name: {name}\n  fifoQueue: false\n  messageRetentionPeriod: 1209600"))
}

/// A redrive policy to another queue than the one beside it.
#[must_use]
pub fn redrive_elsewhere(at: Span, found: &str, expected: &str, place: Span) -> Diagnostic {
    let message = format!("the dead-letter queue of this binding is `{expected}`, not `{found}`");
    Diagnostic::error("redrive-elsewhere", message, at).also(place, "it is described here")
}

/// A message group for a queue that has none.
#[must_use]
pub fn group_without_fifo(at: Span, queue: Span) -> Diagnostic {
    Diagnostic::error("bad-group", "only FIFO queues have message groups", at)
        .also(queue, "the queue")
}

/// A FIFO queue without message groups.
#[must_use]
pub fn fifo_without_group(at: Span, binding: Span) -> Diagnostic {
    Diagnostic::error(
        "bad-group",
        "a FIFO queue that is the target of a bus needs a message group ID",
        at,
    )
    .also(binding, "the bus")
    .help("set it to a field of the payload: `messageGroupId: $.detail.customerId`")
}

/// The path of a message group or deduplication id is invalid.
#[must_use]
pub fn bad_field_path(at: Span, path: &str) -> Diagnostic {
    Diagnostic::error("bad-group", format!("`{path}` is not a field of the payload"), at)
        .help("write the path of the field in the event: `$.detail.customerId`")
}

/// A field that a FIFO queue needs of each message, and that one may come without.
#[must_use]
pub fn field_not_sure(at: Span, path: &str, message: &str, why: &str, place: Span) -> Diagnostic {
    let text = format!("`{path}` is not a field that every `{message}` has: {why}");
    Diagnostic::error("bad-group", text, at).also(place, "the message")
}

/// A deduplication id for a queue that takes repetitions.
#[must_use]
pub fn deduplication_without_fifo(at: Span, queue: Option<Span>) -> Diagnostic {
    let diagnostic = Diagnostic::error("bad-group", "only FIFO queues deduplicate messages", at)
        .help("remove `deduplicationId`, or make the queue a FIFO queue: `fifoQueue: true`");
    match queue {
        Some(queue) => diagnostic.also(queue, "the queue"),
        None => diagnostic,
    }
}

/// A schedule that EventBridge does not take.
#[must_use]
pub fn bad_schedule(at: Span, text: &str, why: &str) -> Diagnostic {
    Diagnostic::error("bad-schedule", format!("`{text}` is not a valid schedule"), at)
        .here(why)
        .help("write `rate(5 minutes)`, or `cron(0 3 * * ? *)` for 03:00 UTC every day")
}

/// A schedule on a bus that has none.
#[must_use]
pub fn schedule_elsewhere(at: Span, bus: &str, schedule: Span) -> Diagnostic {
    let message = format!("the bus `{bus}` does not support schedules");
    Diagnostic::error("bad-schedule", message, at)
        .also(schedule, "the schedule")
        .help("scheduled rules need the account's default bus: `bus: default`")
}

/// A key of a binding that has no meaning beside a schedule.
#[must_use]
pub fn not_for_schedule(entry: Key<'_>, schedule: Span) -> Diagnostic {
    let message = format!("`{}` has no effect, because a schedule produces the events", entry.name);
    Diagnostic::error("bad-schedule", message, entry.span).also(schedule, "the schedule")
}

/// A FIFO queue behind a schedule.
#[must_use]
pub fn schedule_in_order(at: Span, schedule: Span) -> Diagnostic {
    Diagnostic::error("bad-schedule", "events of a schedule have no message group", at)
        .also(schedule, "the schedule")
        .help("use a standard queue: `fifoQueue: false`")
}

/// An input without a schedule.
#[must_use]
pub fn input_without_schedule(entry: Key<'_>) -> Diagnostic {
    let message = format!("`{}` needs a `schedule`", entry.name);
    Diagnostic::error("bad-schedule", message, entry.span)
        .help("add one: `schedule: rate(5 minutes)`")
}

/// An input, or its absence, that the payload does not allow.
#[must_use]
pub fn input_off_contract(at: Span, why: &str, payload: Span) -> Diagnostic {
    Diagnostic::error("bad-schedule-input", why, at).also(payload, "the payload of the message")
}

/// A scheduled operation with other than one message.
#[must_use]
pub fn schedule_messages(at: Span, n_messages: usize, schedule: Span) -> Diagnostic {
    let message = format!("a schedule produces one message, but there are {n_messages}");
    Diagnostic::error("bad-schedule", message, at)
        .also(schedule, "the schedule")
        .help("use a separate channel for each schedule")
}

/// A message of a schedule that says to be something else.
#[must_use]
pub fn schedule_is_source(at: Span, key: &str, found: &str, expected: &str) -> Diagnostic {
    let message = format!("events of a schedule have the {key} `{expected}`, not `{found}`");
    Diagnostic::error("bad-schedule", message, at).help(
        "remove it: a message on a channel with a `schedule` needs neither source nor detail-type",
    )
}

/// A `send` operation to a schedule.
#[must_use]
pub fn send_to_schedule(at: Span, schedule: Span) -> Diagnostic {
    Diagnostic::error(
        "bad-schedule",
        "a schedule produces the events of this channel, so no service can send to it",
        at,
    )
    .also(schedule, "the schedule")
    .help("write `action: receive`")
}

/// A number that AWS does not take.
#[must_use]
pub fn out_of_range(at: Span, key: &str, found: u64, least: u32, greatest: u32) -> Diagnostic {
    let message = format!("`{key}` must be from {least} to {greatest}; found {found}");
    Diagnostic::error("out-of-range", message, at)
}

/// A batch that needs a window.
#[must_use]
pub fn large_batch(at: Span, found: u32) -> Diagnostic {
    Diagnostic::error(
        "out-of-range",
        format!("a `batchSize` of {found} needs a batching window"),
        at,
    )
    .help("add `maximumBatchingWindowInSeconds: 1` or more, or set `batchSize` to at most 10")
}

/// A window on a FIFO queue.
#[must_use]
pub fn window_with_fifo(at: Span) -> Diagnostic {
    Diagnostic::error("out-of-range", "a FIFO queue does not support a batching window", at)
}

/// A schedule whose events are too long for EventBridge.
#[must_use]
pub fn long_input(at: Span, length: usize, most: u32) -> Diagnostic {
    let message = format!(
        "the template of these events has {length} characters, but EventBridge allows {most}"
    );
    Diagnostic::error("bad-schedule-input", message, at)
        .help("shorten `input`, or let the function read the data elsewhere")
}

/// A received message whose detail-type names its sender, and nobody knows who that is.
#[must_use]
pub fn sender_unknown(at: Span, message: &str, detail_type: &str) -> Diagnostic {
    let text = format!(
        "no single service is known to send `{message}`, so its detail-type has the name of its receiver: `{detail_type}`"
    );
    Diagnostic::warning("assumed-defaults", text, at)
        .help("write the one that its sender uses: `x-amazon-events-detail-type: …`")
}

/// A message of `x-publishes` that the service does not send.
#[must_use]
pub fn unknown_message(at: Span, name: &str, near: Option<&str>) -> Diagnostic {
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            format!(
                "describe it in the service's AsyncAPI document, with an operation of `action: send`; \
                 or remove it here, and run `codegen add event SERVICE {name} --on OPERATION`"
            )
        }
    };
    Diagnostic::error(
        "unknown-message",
        format!("the service does not send a message `{name}`"),
        at,
    )
    .help(help)
}
