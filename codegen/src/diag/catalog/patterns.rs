//! Event patterns of receivers.

use crate::diag::{Diagnostic, Found, Key};
use crate::source::Span;

/// Source or detail-type in a contract's own pattern.
#[must_use]
pub fn pattern_of_messages(entry: Key<'_>) -> Diagnostic {
    let message =
        format!("`{}` must not be in the pattern; it is taken from the messages", entry.name);
    Diagnostic::error("bad-pattern", message, entry.span)
        .help("remove it; set it on the messages of the operation")
}

/// A field of events that a contract's pattern cannot ask for.
#[must_use]
pub fn event_field_not_asked(entry: Key<'_>) -> Diagnostic {
    let message = format!("`{}` is not supported in the pattern of a contract", entry.name);
    let help = match entry.name {
        "$or" => "write it inside `detail`, or declare an operation for each alternative",
        _ => "ask for `account`, `region`, `resources` or a field of `detail`",
    };
    Diagnostic::error("bad-pattern", message, entry.span).help(help)
}

/// A field that events do not have.
#[must_use]
pub fn unknown_event_field(entry: Key<'_>) -> Diagnostic {
    Diagnostic::error(
        "bad-pattern",
        format!("EventBridge events have no field `{}`", entry.name),
        entry.span,
    )
    .help(format!(
        "fields of the payload are inside `detail`:\npattern:\n  detail:\n    {}: […]",
        entry.name
    ))
}

/// A list that nothing matches.
#[must_use]
pub fn empty_pattern(at: Span) -> Diagnostic {
    Diagnostic::error("bad-pattern", "an empty list matches no event", at)
}

/// A level of a pattern without fields.
#[must_use]
pub fn empty_level(at: Span) -> Diagnostic {
    Diagnostic::error("bad-pattern", "EventBridge allows no empty object in a pattern", at)
        .help("remove it, or ask whether a field of it exists: `field: [{exists: true}]`")
}

/// A pattern that is too long for EventBridge.
#[must_use]
pub fn long_pattern(at: Span, length: usize, most: u32) -> Diagnostic {
    let message =
        format!("the complete pattern has {length} characters, but EventBridge allows {most}");
    Diagnostic::error("bad-pattern", message, at)
        .help("ask for less, or divide the messages among several `receive` operations")
}

/// A pattern with too many combinations.
#[must_use]
pub fn many_choices(at: Span, n: u64, most: u32) -> Diagnostic {
    let message =
        format!("the `$or`s of the pattern make {n} combinations, but EventBridge allows {most}");
    Diagnostic::error("bad-pattern", message, at)
        .help("list values of one field instead of alternatives, or divide the messages among several `receive` operations")
}

/// A plain value where EventBridge wants a list.
#[must_use]
pub fn pattern_not_list(node: Found<'_>) -> Diagnostic {
    let message = format!("expected a list of allowed values, found {}", node.kind);
    let diagnostic = Diagnostic::error("bad-pattern", message, node.span);
    match node.text {
        Some(text) => diagnostic.help(format!("write `[{text}]`")),
        None => diagnostic,
    }
}

/// A comparison that EventBridge does not know or take.
#[must_use]
pub fn bad_matcher(at: Span, why: &str) -> Diagnostic {
    Diagnostic::error("bad-pattern", "EventBridge does not support this comparison", at).here(why)
}

/// A pattern that keeps one of its own messages out.
#[must_use]
pub fn pattern_unreachable(at: Span, message: &str, why: &str, place: Span) -> Diagnostic {
    let text = format!("the pattern never matches a `{message}`: {why}");
    Diagnostic::error("pattern-unreachable", text, at).also(place, "the message")
}
