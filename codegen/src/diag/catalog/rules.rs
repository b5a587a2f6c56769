//! Faults that take several places of the contracts to see.

use crate::diag::{Diagnostic, Key};
use crate::source::Span;

/// A path that another service has.
#[must_use]
pub fn path_of_other_service(here: (Span, &str), there: (Span, &str), owner: &str) -> Diagnostic {
    let message = format!("the path `{}` belongs to the service `{owner}`", here.1);
    Diagnostic::error("path-twice", message, here.0)
        .also(there.0, format!("`{}` is described here", there.1))
        .help("all services share one API, so a path belongs to one service only")
}

/// Two paths that no request can tell apart.
#[must_use]
pub fn path_twice(here: (Span, &str), there: (Span, &str)) -> Diagnostic {
    let message = match here.1 == there.1 {
        true => format!("two paths are `{}`, and match the same requests", here.1),
        false => format!("`{}` and `{}` match the same requests", here.1, there.1),
    };
    Diagnostic::error("path-twice", message, here.0).also(there.0, "the other path")
}

/// A link to an operation that does not exist.
#[must_use]
pub fn link_to_nowhere(at: Span, link: &str, operation: &str, near: Option<&str>) -> Diagnostic {
    let message =
        format!("the link `{link}` refers to the operation `{operation}`, which does not exist");
    Diagnostic::warning("link-to-nowhere", message, at)
        .here("the link is documented, and nothing follows it")
        .maybe_help(near.map(|near| format!("did you mean `{near}`?")))
}

/// A link with a parameter that its operation does not have.
#[must_use]
pub fn link_parameter(
    at: Span,
    link: &str,
    name: &str,
    operation: &str,
    near: Option<&str>,
) -> Diagnostic {
    let message =
        format!("the link `{link}` sets `{name}`, but `{operation}` has no such parameter");
    Diagnostic::warning("link-parameter", message, at)
        .here("the value is not sent")
        .maybe_help(near.map(|near| format!("did you mean `{near}`?")))
}

/// A link that reads what is not there.
#[must_use]
pub fn link_value(at: Span, link: &str, value: &str, why: &str) -> Diagnostic {
    let message = format!("the link `{link}` reads `{value}`, which leads to nothing");
    Diagnostic::warning("link-parameter", message, at).here(why)
}

/// A link that lacks a parameter which its operation needs.
#[must_use]
pub fn link_incomplete(at: Span, link: &str, operation: &str, name: &str) -> Diagnostic {
    let message = format!("the link `{link}` does not set `{name}`, which `{operation}` requires");
    Diagnostic::warning("link-parameter", message, at)
        .here("nobody can follow the link")
        .help(format!("add it:\nparameters:\n  {name}: $response.body#/{name}"))
}

/// A link to no operation.
#[must_use]
pub fn link_without_operation(at: Span, link: &str) -> Diagnostic {
    let message = format!("the link `{link}` names no operation, so nothing follows it");
    Diagnostic::warning("link-to-nowhere", message, at).help("add `operationId: …`")
}

/// A link with a body for an operation that takes none.
#[must_use]
pub fn link_body(at: Span, link: &str, operation: &str) -> Diagnostic {
    let message = format!("the link `{link}` has a `requestBody`, but `{operation}` has no body");
    Diagnostic::warning("link-body", message, at)
        .here("the body is not sent")
        .help("remove `requestBody:`")
}

/// A table that exists already.
#[must_use]
pub fn table_twice(at: Span, name: &str, first: Span, owner: Option<&str>) -> Diagnostic {
    let message = match owner {
        Some(owner) => format!("the table `{name}` belongs to the service `{owner}`"),
        None => format!("the table `{name}` already has another schema"),
    };
    let diagnostic =
        Diagnostic::error("table-twice", message, at).also(first, "it is described here");
    match owner {
        Some(_) => diagnostic.help("call the other service for its data, or use a separate table"),
        None => diagnostic,
    }
}

/// More invocations at a time than the function may have.
#[must_use]
pub fn reserved_too_low(at: Span, reserved: u32, polled: u32) -> Diagnostic {
    let message = format!(
        "up to {polled} batches are processed concurrently, but `reservedConcurrency` is {reserved}"
    );
    Diagnostic::error("reserved-too-low", message, at).help(format!(
        "set `reservedConcurrency: {polled}` or more, or a lower `maximumConcurrency`"
    ))
}

/// An event that nobody takes; `name` is quoted already.
#[must_use]
pub fn never_received(at: Span, name: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::warning("never-received", format!("{name} is sent, but no service receives it"), at)
        .maybe_help(near.map(str::to_owned))
}

/// A version of an event that nobody takes; `name` is quoted already.
#[must_use]
pub fn version_never_received(at: Span, name: &str, version: i64) -> Diagnostic {
    let message = format!(
        "version {version} of {name} is sent, but every receiver accepts other versions only"
    );
    Diagnostic::warning("never-received", message, at).help(
        "these events end in dead-letter queues; add the version to the messages of a receiver",
    )
}

/// An event that is described, and that nothing publishes.
#[must_use]
pub fn never_published(at: Span, name: &str) -> Diagnostic {
    let message = format!("no operation publishes `{name}`");
    Diagnostic::warning("never-published", message, at)
        .help(format!("add `x-publishes: [{name}]` to the operation that does; this also allows its function to put events on the bus"))
}

/// An event that nobody sends; `name` is quoted already. It may come from elsewhere, unless something that is sent is
/// nearly the same.
#[must_use]
pub fn never_sent(at: Span, name: &str, near: Option<&str>, has_source: bool) -> Diagnostic {
    let message = format!("{name} is received, but no service sends it");
    if let Some(near) = near {
        return Diagnostic::error("never-sent", message, at)
            .help(near)
            .help("if it comes from another system, add `x-external: true` to the operation");
    }
    let diagnostic = Diagnostic::warning("never-sent", message, at).help(
        "if it comes from another system, add `x-external: true` to the operation or its channel",
    );
    if has_source {
        return diagnostic;
    }
    diagnostic
        .here("events of any source are accepted")
        .help("restrict the source: `x-amazon-events-source: com.example.service`")
}

/// A version of an event that nobody sends; `name` is quoted already.
#[must_use]
pub fn version_never_sent(at: Span, name: &str, version: i64) -> Diagnostic {
    let message = format!("version {version} of {name} is received, but no service sends it");
    Diagnostic::error("never-sent", message, at)
}

/// A place of a payload where more may be sent than is taken.
#[derive(Debug)]
pub struct Misfit {
    /// The place in the payload: `items[].price`; empty for the whole.
    pub path: String,
    /// What is wrong there.
    pub why: String,
    /// Whether a value that is sent is surely refused; where not, nobody can tell.
    pub is_certain: bool,
    /// Where the sender says so.
    pub sent: Span,
    /// Where the receiver does.
    pub taken: Span,
}

/// A property that a receiver takes under a name that is never sent.
#[derive(Debug)]
pub struct Misspelt {
    /// The place in the payload: `items[].price`.
    pub path: String,
    /// The name under which it is sent.
    pub meant: String,
    /// Where the sender says so.
    pub sent: Span,
    /// Where the receiver names it.
    pub taken: Span,
}

/// An optional property that is always absent, because it is sent under another name.
#[must_use]
pub fn property_never_sent(misspelt: &Misspelt, message: &str, sender: &str) -> Diagnostic {
    let Misspelt { path, meant, sent, taken } = misspelt;
    let text = format!("`{path}` of `{message}` is never sent: `{sender}` sends `{meant}`");
    Diagnostic::warning("property-never-sent", text, *taken)
        .here("the receiver never gets a value")
        .also(*sent, "the sender declares this")
        .help(format!("write `{meant}`, or remove the property"))
}

/// A value that is sent and not taken.
#[must_use]
pub fn payloads_disagree(misfit: &Misfit, message: &str, sender: &str) -> Diagnostic {
    let Misfit { path, why, is_certain, sent, taken } = misfit;
    let place = if path.is_empty() { "the payload".to_owned() } else { format!("`{path}`") };
    if !is_certain {
        let text = format!("{place} of `{message}` may be refused when `{sender}` sends it: {why}");
        return Diagnostic::warning("payloads-unclear", text, *taken)
            .here("the receiver checks this")
            .also(*sent, "the sender declares this")
            .help("share one schema file, and refer to it from both contracts");
    }
    let text = format!("{place} of `{message}` does not match what `{sender}` sends: {why}");
    Diagnostic::error("payloads-disagree", text, *taken)
        .here("the receiver accepts this")
        .also(*sent, "the sender declares this")
        .help("share one schema file, and refer to it from both contracts")
}

/// Two messages that are sent as one event; `meant` is the one that receivers expect.
#[must_use]
pub fn same_event(message: Key<'_>, meant: Key<'_>, is_open: bool) -> Diagnostic {
    let (name, meant_name) = (message.name, meant.name);
    let text = match is_open {
        false => format!("`{name}` has the source and detail-type of `{meant_name}`"),
        true => format!(
            "`{name}` has the detail-type of `{meant_name}`, which a receiver takes from any source"
        ),
    };
    Diagnostic::error("message-twice", text, message.span)
        .here(format!("receivers take it for `{meant_name}`"))
        .also(meant.span, "the other message")
        .help("give it a source or a detail-type of its own")
}

/// Two messages that a receiver cannot tell apart.
#[must_use]
pub fn message_twice(
    at: Span,
    name: &str,
    message: Span,
    first: &str,
    is_open: bool,
) -> Diagnostic {
    let text = format!("a receiver cannot distinguish `{name}` from `{first}`");
    let why = match is_open {
        false => "same source and detail-type as the other message",
        true => "same detail-type as the other message, and one of both is taken from any source",
    };
    let diagnostic = Diagnostic::error("message-twice", text, at).also(message, why);
    let diagnostic = match is_open {
        false => diagnostic,
        true => diagnostic.help("name the source of each: `x-amazon-events-source`"),
    };
    diagnostic.help(
        "give each a required property `version` with a single value, or a different detail-type",
    )
}

/// A queue that exists already.
#[must_use]
pub fn queue_twice(at: Span, name: &str, first: Span, both_polled: bool) -> Diagnostic {
    let message = if both_polled {
        format!("the queue `{name}` already has a receiver")
    } else {
        format!("the queue `{name}` is already used for another purpose")
    };
    let help = if both_polled {
        "use a separate queue for each receiver, so that each gets every event"
    } else {
        "use a separate queue for each purpose"
    };
    Diagnostic::error("queue-twice", message, at).also(first, "the other one").help(help)
}

/// A rule that exists already.
#[must_use]
pub fn rule_twice(at: Span, name: &str, first: Span) -> Diagnostic {
    Diagnostic::error("rule-twice", format!("the EventBridge rule `{name}` already exists"), at)
        .also(first, "the other one")
        .help("rename one of them with `ruleName` in `x-eventbridge`")
}

/// Two things whose names come to one logical id, each with its place, what it is, and its name.
#[must_use]
pub fn logical_id_twice(
    id: &str,
    (at, kind, name): (Span, &str, &str),
    first: Option<(Span, &str, &str)>,
) -> Diagnostic {
    let owner = match first {
        Some((_, kind, name)) => format!("the {kind} `{name}` already has"),
        None => "the template itself already has".to_owned(),
    };
    let message = format!("the {kind} `{name}` gets the logical ID `{id}`, which {owner}");
    let fault = Diagnostic::error("logical-id-twice", message, at);
    let fault = match first {
        Some((place, kind, name)) => fault.also(place, format!("the {kind} `{name}`")),
        None => fault,
    };
    fault.help(format!(
        "rename the {kind}: logical IDs have no `-`, `_` or `.`, and an ending such as `Queue` only once"
    ))
}

/// A logical id that comes twice, where nobody knows of which names.
#[must_use]
pub fn logical_id_of_unknown(at: Span, id: &str) -> Diagnostic {
    let message = format!("two resources of the template get the logical ID `{id}`");
    Diagnostic::error("logical-id-twice", message, at)
        .help("rename what is called like its beginning: logical IDs have no `-`, `_` or `.`")
}

/// A queue whose poisoned messages are lost.
#[must_use]
pub fn no_dead_letters(at: Span, name: &str, is_fifo: bool) -> Diagnostic {
    let message = format!(
        "the queue `{name}` has no dead-letter queue, so messages that cannot be processed are lost when they expire"
    );
    let plain = name.trim_end_matches(".fifo");
    let dead =
        if is_fifo { format!("{plain}DeadLetters.fifo") } else { format!("{plain}DeadLetters") };
    Diagnostic::warning("no-dead-letters", message, at).help(format!(
        "add a dead-letter queue next to `queue`:\ndeadLetterQueue:\n  name: {dead}\n  fifoQueue: {is_fifo}\n  messageRetentionPeriod: 1209600"
    ))
}

/// A dead-letter queue of another kind than its queue.
#[must_use]
pub fn dead_letters_of_other_kind(at: Span, is_fifo: bool, queue: Span) -> Diagnostic {
    let kind = if is_fifo { "a FIFO queue" } else { "a standard queue" };
    Diagnostic::error(
        "dead-letter-kind",
        format!("the dead-letter queue must be {kind}, like its source queue"),
        at,
    )
    .also(queue, "the queue")
}

/// Dead letters that expire before anybody looks.
#[must_use]
pub fn dead_letters_too_short(dead: (Span, u32), queue: (Span, u32)) -> Diagnostic {
    let message = format!(
        "the dead-letter queue keeps messages for {} seconds, and its source queue for {}",
        dead.1, queue.1
    );
    Diagnostic::error("dead-letter-retention", message, dead.0)
        .here("a message keeps its original timestamp when it moves to the dead-letter queue")
        .also(queue.0, "the queue")
        .help("set `messageRetentionPeriod: 1209600` (14 days)")
}

/// A message that is given up soon.
#[must_use]
pub fn few_tries(at: Span, found: u32, least: u32) -> Diagnostic {
    let tries = if found == 1 { "receive" } else { "receives" };
    let message = format!("a message moves to the dead-letter queue after {found} {tries}");
    Diagnostic::warning("few-tries", message, at)
        .here("receives by a throttled function count too")
        .help(format!("set `maxReceiveCount: {least}` or more"))
}

/// A queue whose messages end before the dead-letter queue gets them.
#[must_use]
pub fn expires_before_dead_letters(
    at: Span,
    (visible, receives): (u32, u32),
    kept: u32,
) -> Diagnostic {
    let tries = u64::from(visible) * u64::from(receives);
    let message = format!(
        "{receives} receives, {visible} seconds apart, take {tries} seconds, but messages are deleted after {kept}"
    );
    let least = 1_209_600.min(tries.saturating_add(86_400));
    Diagnostic::warning("dead-letters-too-late", message, at)
        .here("the time counts from when a message was sent, however often it is received")
        .help(match tries > 1_209_600 {
            true => "lower `visibilityTimeout` or `maxReceiveCount`".to_owned(),
            false => format!(
                "set `messageRetentionPeriod: {least}` or more, or lower `visibilityTimeout` or `maxReceiveCount`"
            ),
        })
}

/// Receivers whose own events lead back to them.
#[must_use]
pub fn event_circle(at: Span, steps: &[String]) -> Diagnostic {
    let message = format!("events may go round without end: {}", steps.join("; "));
    Diagnostic::warning("event-circle", message, at)
        .here("the first of them")
        .help("remove one of them; if each round ends by a condition, ignore this finding in the policy and say by which")
}

/// An answer that is forgotten while the request may still be worked on.
#[must_use]
pub fn kept_too_short(at: Span, operation: &str, kept: u32, timeout: u32) -> Diagnostic {
    let message = format!(
        "`{operation}` keeps its responses for {kept} seconds, but may take {timeout} to respond"
    );
    Diagnostic::warning("idempotency-short", message, at)
        .here("the time counts from when the request arrives")
        .help("set `keepSeconds` to the time in which clients retry, in seconds: 86400 is a day")
}

/// A function whose failures are lost.
#[must_use]
pub fn no_on_failure(at: Span) -> Diagnostic {
    Diagnostic::warning(
        "no-dead-letters",
        "the function has no on-failure queue, so events that it cannot process are lost",
        at,
    )
    .help("name a queue:\nx-lambda:\n  onFailure: QueueName")
}

/// A message that others see while it is processed.
#[must_use]
pub fn visible_too_soon(
    found: (Span, u32),
    least: u32,
    timeout: u32,
    receiver: Span,
) -> Diagnostic {
    let message = format!(
        "the visibility timeout of {} seconds must be at least 6 × the function timeout of {timeout} seconds, plus the batching window",
        found.1
    );
    Diagnostic::error("visibility-timeout", message, found.0)
        .also(receiver, "the receiver")
        .help(format!("set `visibilityTimeout: {least}` or more"))
}

/// A name that the stack's name comes before.
#[derive(Debug)]
pub struct PhysicalName<'n> {
    /// What it is of: `queue`.
    pub kind: &'static str,
    /// The name.
    pub name: &'n str,
    /// How long AWS takes the whole.
    pub most: u32,
}

/// A name that is too long in a stack that is known.
#[must_use]
pub fn name_beyond_limit(
    at: Span,
    found: &PhysicalName<'_>,
    stack: &str,
    file: &str,
) -> Diagnostic {
    let PhysicalName { kind, name, most } = found;
    let sum = stack.chars().count() + 1 + name.chars().count();
    let message =
        format!("the {kind} name `{stack}-{name}` has {sum} characters; AWS allows {most}");
    Diagnostic::error("name-too-long", message, at)
        .help(format!("shorten the name, or the stack name in `{file}`"))
}

/// A name that leaves little room for a stack's name, where none is known.
#[must_use]
pub fn name_leaves_no_room(at: Span, found: &PhysicalName<'_>, room: u32) -> Diagnostic {
    let PhysicalName { kind, name, most } = found;
    let length = name.chars().count();
    let message = format!(
        "the {kind} name `{name}` has {length} characters; with `<stack>-` in front AWS allows {most}, \
         which leaves {room} for the stack name"
    );
    Diagnostic::warning("long-name", message, at).help(
        "shorten it, or set the stack name in `infra/stages/<stage>.toml`, so that the whole name is checked",
    )
}

/// More parts of paths than API Gateway takes without being asked.
#[must_use]
pub fn many_resources(at: Span, found: usize, most: usize) -> Diagnostic {
    let message = format!(
        "the API has {found} resources, one for each part of a path; API Gateway allows {most} by default"
    );
    Diagnostic::warning("many-resources", message, at)
        .here("the first path beyond that")
        .help("request a higher quota, \"Resources per API\", before you deploy")
        .help("split the contracts into several folders, and deploy each as a separate stack")
}

/// Which stack a template makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StackOf {
    /// That of the whole system.
    System,
    /// That of what services share, where each of them has its own.
    Shared,
    /// That of a service.
    Service,
}

/// What a template has more of than CloudFormation takes.
#[derive(Debug)]
pub struct Excess<'a> {
    /// The template: `template.yaml`.
    pub file: &'a str,
    /// Of what there is too much: `resources`.
    pub what: &'a str,
    /// How much there is.
    pub found: usize,
    /// How much CloudFormation takes.
    pub most: u32,
    /// The types of its resources, the most frequent first.
    pub by_type: &'a [(String, usize)],
    /// Which stack it makes.
    pub stack: StackOf,
}

/// A template that CloudFormation does not take.
#[must_use]
pub fn template_too_large(at: Span, excess: &Excess<'_>) -> Diagnostic {
    let Excess { file, what, found, most, .. } = excess;
    let message =
        format!("`{file}` has {found} {what}; CloudFormation allows {most} in a template");
    let by_type = excess.by_type.iter().take(4);
    let parts: Vec<String> = by_type.map(|(kind, count)| format!("{count} {kind}")).collect();
    let advice = match excess.stack {
        StackOf::System => {
            "set `layout: per-service` in `spec/defaults.yaml`, so that each service has a nested stack"
        }
        StackOf::Shared => {
            "split the contracts into several folders, and deploy each as a separate stack"
        }
        StackOf::Service => "split the service into several",
    };
    let by_type = format!("most of its resources are {}", parts.join(", "));
    Diagnostic::error("template-too-large", message, at)
        .maybe_help((*what == "resources").then_some(by_type))
        .help(advice)
}

/// More than one deployment may change.
#[must_use]
pub fn stacks_too_large(at: Span, found: usize, most: u32) -> Diagnostic {
    let message = format!(
        "the stacks have {found} resources together; CloudFormation changes at most {most} of nested stacks at once"
    );
    Diagnostic::error("template-too-large", message, at)
        .help("split the contracts into several folders, and deploy each as a separate stack")
}
