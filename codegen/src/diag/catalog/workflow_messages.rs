//! Workflows: messages that steps send and receive, and what they are promised of them.

use crate::diag::Diagnostic;
use crate::source::Span;

/// A message to send of which nobody says whose it is.
#[must_use]
pub fn sent_without_source(at: Span, message: &str, declared: Span) -> Diagnostic {
    let text = format!("`{message}` may come from any source, so it cannot be sent without one");
    Diagnostic::error("workflow-target", text, at)
        .also(declared, "no source is declared here")
        .help("add to the message the source of its sender:\nx-amazon-events-source: …")
}

/// A message that a step waits for and that the load test does not count.
#[must_use]
pub fn not_counted(at: Span, by: &str, why: &str) -> Diagnostic {
    let message = format!(
        "the load test does not count whether each success of `{by}` leads to this message: {why}"
    );
    Diagnostic::warning("workflow-unpromised", message, at)
        .help(format!("where each must, name the step that owes it:\nx-promise: {{step: {by}}}"))
}
