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

/// A promise whose key several runs have.
#[must_use]
pub fn key_repeats(at: Span, key: &str, values: Option<u64>, is_text: bool) -> Diagnostic {
    let message = match values {
        Some(1) => format!(
            "`{key}` is the same in each run, so the load test cannot tell what each is owed"
        ),
        Some(n) => format!(
            "`{key}` has only {n} different values, so the load test cannot tell what each run is owed"
        ),
        None => "the key is the same in each run, so the load test cannot tell what each is owed"
            .to_owned(),
    };
    let found = Diagnostic::warning("workflow-key-repeats", message, at);
    match is_text {
        true => found.help("give each run a value of its own:\nx-test-data: unique"),
        false => found.help("use a value that each run has for itself: an ID of a response, or an input with `x-test-data: unique`"),
    }
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
