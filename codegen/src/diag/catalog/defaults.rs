//! `spec/defaults.yaml`, and what is assumed where there is none.

use crate::diag::catalog::shape::listed;
use crate::diag::{Diagnostic, count};
use crate::source::Span;

/// A name in braces that stands for nothing.
#[must_use]
pub fn unknown_placeholder(at: Span, name: &str, known: &[&str]) -> Diagnostic {
    let message = format!("unknown placeholder `{{{name}}}`");
    let known: Vec<String> = known.iter().map(|name| format!("{{{name}}}")).collect();
    Diagnostic::error("bad-defaults", message, at)
        .help(format!("valid placeholders are {}", listed(&known)))
}

/// A pattern that makes no name.
#[must_use]
pub fn bad_pattern(at: Span, text: &str) -> Diagnostic {
    let message = format!("the pattern must have 1 to 128 characters; it has {}", text.len());
    Diagnostic::error("bad-defaults", message, at)
}

/// A placeholder without an end.
#[must_use]
pub fn placeholder_open(at: Span) -> Diagnostic {
    Diagnostic::error("bad-defaults", "a placeholder lacks its `}`", at)
}

/// Buses and sources that no contract names.
#[must_use]
pub fn assumed(at: Span, n: (usize, usize), file: &str, (bus, source): (&str, &str)) -> Diagnostic {
    let what = match n {
        (channels, 0) => format!("{} without a bus", count(channels, "channel")),
        (0, messages) => format!("{} without a source", count(messages, "message")),
        (channels, messages) => format!(
            "{} without a bus and {} without a source",
            count(channels, "channel"),
            count(messages, "message")
        ),
    };
    Diagnostic::warning("assumed-defaults", format!("{what}: default values are used"), at)
        .here("the first of them")
        .help(format!(
            "set them in `{file}`:\nevents:\n  bus: {bus}\n  source: {source}\n  detailType: '{{message}}'\n  delivery: direct"
        ))
}
