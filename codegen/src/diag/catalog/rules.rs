//! Faults that take several places of the contracts to see.

use crate::diag::Diagnostic;
use crate::source::Span;

/// A path that another service has.
#[must_use]
pub fn path_of_other_service(here: (Span, &str), there: (Span, &str), owner: &str) -> Diagnostic {
    let message = format!("the path `{}` belongs to the service `{owner}`", here.1);
    Diagnostic::error("path-twice", message, here.0)
        .also(there.0, format!("`{}` is described here", there.1))
        .help("all services stand behind one API, so a path belongs to one of them")
}

/// Two paths that no request can tell apart.
#[must_use]
pub fn path_twice(here: (Span, &str), there: (Span, &str)) -> Diagnostic {
    let message = format!("no request can tell `{}` from `{}`", here.1, there.1);
    Diagnostic::error("path-twice", message, here.0).also(there.0, "the other path")
}

/// A link to an operation that does not exist.
#[must_use]
pub fn link_to_nowhere(at: Span, link: &str, operation: &str, near: Option<&str>) -> Diagnostic {
    let message = format!("the link `{link}` leads to `{operation}`, and no operation has this id");
    Diagnostic::error("link-to-nowhere", message, at)
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
        format!("the link `{link}` sets `{name}`, and `{operation}` has no such parameter");
    Diagnostic::error("link-parameter", message, at)
        .maybe_help(near.map(|near| format!("did you mean `{near}`?")))
}

/// A link with a body for an operation that takes none.
#[must_use]
pub fn link_body(at: Span, link: &str, operation: &str) -> Diagnostic {
    let message = format!("the link `{link}` has a `requestBody`, and `{operation}` takes no body");
    Diagnostic::error("link-body", message, at).help("remove `requestBody:`")
}

/// A table that exists already.
#[must_use]
pub fn table_twice(at: Span, name: &str, first: Span, owner: Option<&str>) -> Diagnostic {
    let message = match owner {
        Some(owner) => format!("the table `{name}` belongs to the service `{owner}`"),
        None => format!("the table `{name}` has another schema already"),
    };
    let diagnostic =
        Diagnostic::error("table-twice", message, at).also(first, "it is described here");
    match owner {
        Some(_) => diagnostic
            .help("let the other service answer for its data, or give this one a table of its own"),
        None => diagnostic,
    }
}

/// More invocations at a time than the function may have.
#[must_use]
pub fn reserved_too_low(at: Span, reserved: u32, polled: u32) -> Diagnostic {
    let message = format!(
        "up to {polled} batches are polled at a time, and {reserved} invocations are reserved"
    );
    Diagnostic::error("reserved-too-low", message, at).help(format!(
        "write `reservedConcurrency: {polled}` or more, or a lower `maximumConcurrency`"
    ))
}

/// An event that nobody takes; `name` is quoted already.
#[must_use]
pub fn never_received(at: Span, name: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::warning("never-received", format!("{name} is sent, and no service receives it"), at)
        .maybe_help(near.map(str::to_owned))
}

/// A version of an event that nobody takes; `name` is quoted already.
#[must_use]
pub fn version_never_received(at: Span, name: &str, version: i64) -> Diagnostic {
    let message =
        format!("version {version} of {name} is sent, and every receiver takes another one");
    Diagnostic::warning("never-received", message, at)
        .help("it ends in the dead-letter queues; add it to the messages of a receiver")
}

/// An event that is described, and that nothing publishes.
#[must_use]
pub fn never_published(at: Span, name: &str) -> Diagnostic {
    let message = format!("`{name}` can be sent, and no operation says that it does");
    Diagnostic::warning("never-published", message, at)
        .help(format!("say which one does, with `x-publishes: [{name}]`; its function may then put events on the bus"))
}

/// An event that nobody sends; `name` is quoted already. It may come from elsewhere, unless something that is sent is
/// nearly the same.
#[must_use]
pub fn never_sent(at: Span, name: &str, near: Option<&str>, has_source: bool) -> Diagnostic {
    let message = format!("{name} is received, and no service sends it");
    if let Some(near) = near {
        return Diagnostic::error("never-sent", message, at)
            .help(near)
            .help("if it comes from elsewhere, write `x-external: true` on the operation");
    }
    let diagnostic = Diagnostic::warning("never-sent", message, at).help(
        "if it comes from elsewhere, write `x-external: true` on the operation or its channel",
    );
    if has_source {
        return diagnostic;
    }
    diagnostic.here("it is taken from any source").help(
        "name the source that it is to come from: `x-amazon-events-source: com.example.service`",
    )
}

/// A version of an event that nobody sends; `name` is quoted already.
#[must_use]
pub fn version_never_sent(at: Span, name: &str, version: i64) -> Diagnostic {
    let message = format!("version {version} of {name} is received, and no service sends it");
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

/// A value that is sent and not taken.
#[must_use]
pub fn payloads_disagree(misfit: &Misfit, message: &str, sender: &str) -> Diagnostic {
    let Misfit { path, why, is_certain, sent, taken } = misfit;
    let place = if path.is_empty() { "the payload".to_owned() } else { format!("`{path}`") };
    if !is_certain {
        let text =
            format!("{place} of `{message}` may be refused where `{sender}` sends it: {why}");
        return Diagnostic::warning("payloads-unclear", text, *taken)
            .here("this is checked")
            .also(*sent, "this is sent")
            .help("refer to one schema from both contracts, in a file that they share");
    }
    let text = format!("{place} of `{message}` is not what `{sender}` sends: {why}");
    Diagnostic::error("payloads-disagree", text, *taken)
        .here("this is taken")
        .also(*sent, "this is sent")
        .help("refer to one schema from both contracts, in a file that they share")
}

/// Two messages that a receiver cannot tell apart.
#[must_use]
pub fn message_twice(at: Span, name: &str, message: Span, first: &str) -> Diagnostic {
    let text = format!("nothing tells `{name}` from `{first}` when it arrives");
    Diagnostic::error("message-twice", text, at)
        .also(message, "has the source and detail-type of the other one")
        .help("give each a required property `version` with a single value, or a detail-type of its own")
}

/// A queue that exists already.
#[must_use]
pub fn queue_twice(at: Span, name: &str, first: Span, both_polled: bool) -> Diagnostic {
    let message = if both_polled {
        format!("the queue `{name}` has a receiver already")
    } else {
        format!("the queue `{name}` has another part to play already")
    };
    let help = if both_polled {
        "give each receiver a queue of its own: each then gets every event"
    } else {
        "give each part a queue of its own, so that what arrives there can be told apart"
    };
    Diagnostic::error("queue-twice", message, at).also(first, "the other one").help(help)
}

/// A rule that exists already.
#[must_use]
pub fn rule_twice(at: Span, name: &str, first: Span) -> Diagnostic {
    Diagnostic::error("rule-twice", format!("the rule `{name}` exists already"), at)
        .also(first, "the other one")
        .help("name one of them with `ruleName` in `x-eventbridge`")
}

/// A queue whose poisoned messages are lost.
#[must_use]
pub fn no_dead_letters(at: Span, name: &str, is_fifo: bool) -> Diagnostic {
    let message = format!("what `{name}` cannot deliver is tried until it expires, and then lost");
    let plain = name.trim_end_matches(".fifo");
    let dead =
        if is_fifo { format!("{plain}DeadLetters.fifo") } else { format!("{plain}DeadLetters") };
    Diagnostic::warning("no-dead-letters", message, at).help(format!(
        "add a dead-letter queue beside `queue`:\ndeadLetterQueue:\n  name: {dead}\n  fifoQueue: {is_fifo}\n  messageRetentionPeriod: 1209600"
    ))
}

/// A dead-letter queue of another kind than its queue.
#[must_use]
pub fn dead_letters_of_other_kind(at: Span, is_fifo: bool, queue: Span) -> Diagnostic {
    let kind = if is_fifo { "a FIFO queue" } else { "no FIFO queue" };
    Diagnostic::error(
        "dead-letter-kind",
        format!("the dead-letter queue must be {kind}, as its queue is"),
        at,
    )
    .also(queue, "the queue")
}

/// Dead letters that expire before anybody looks.
#[must_use]
pub fn dead_letters_too_short(dead: (Span, u32), queue: (Span, u32)) -> Diagnostic {
    let message =
        format!("dead letters are kept for {} seconds, and messages for {}", dead.1, queue.1);
    Diagnostic::error("dead-letter-retention", message, dead.0)
        .here("a message keeps its age when it comes here")
        .also(queue.0, "the queue")
        .help("write `messageRetentionPeriod: 1209600`, which is 14 days")
}

/// A message that is given up soon.
#[must_use]
pub fn few_tries(at: Span, found: u32, least: u32) -> Diagnostic {
    let tries = if found == 1 { "try" } else { "tries" };
    let message = format!("a message is given up after {found} {tries}");
    Diagnostic::warning("few-tries", message, at)
        .here("a throttled function uses tries up too")
        .help(format!("write `maxReceiveCount: {least}` or more"))
}

/// A function whose failures are lost.
#[must_use]
pub fn no_on_failure(at: Span) -> Diagnostic {
    Diagnostic::warning("no-dead-letters", "what this function fails to process is lost", at)
        .help("name a queue for it:\nx-lambda:\n  onFailure: NameOfAQueue")
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
        "a message shows again after {} seconds, and its function may take {timeout}",
        found.1
    );
    Diagnostic::error("visibility-timeout", message, found.0)
        .also(receiver, "the receiver")
        .help(format!("write `visibilityTimeout: {least}` or more: six times the function's timeout, and the window"))
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
        format!("the {kind} is `{stack}-{name}`, which has {sum} characters, and AWS takes {most}");
    Diagnostic::error("name-too-long", message, at)
        .help(format!("shorten the name, or the stack's in `{file}`"))
}

/// A name that leaves little room for a stack's name, where none is known.
#[must_use]
pub fn name_leaves_no_room(at: Span, found: &PhysicalName<'_>, room: u32) -> Diagnostic {
    let PhysicalName { kind, name, most } = found;
    let length = name.chars().count();
    let message = format!(
        "the {kind} `{name}` has {length} characters, and AWS takes {most} with the stack's name and a dash before it: \
         {room} are left for the stack's name"
    );
    Diagnostic::warning("long-name", message, at).help(
        "shorten it, or name the stack in `infra/stages/<stage>.toml`, so that the sum is checked",
    )
}

/// A template that CloudFormation does not take.
#[must_use]
pub fn template_too_large(
    at: Span,
    what: &str,
    found: usize,
    most: u32,
    by_type: &[(String, usize)],
) -> Diagnostic {
    let message = format!("the template has {found} {what}, and CloudFormation takes {most}");
    let parts: Vec<String> =
        by_type.iter().take(4).map(|(kind, count)| format!("{count} {kind}")).collect();
    Diagnostic::error("template-too-large", message, at)
        .help(format!("most of its resources are {}", parts.join(", ")))
        .help("split the contracts into several folders, each generated and deployed as a stack of its own")
}
