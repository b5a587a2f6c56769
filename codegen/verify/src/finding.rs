//! Findings: what is wrong with the answers of a stage, as located diagnostics.
//!
//! Owns the words. Messages name no values, so that the same fault found twice is one finding.

use codegen::diag::{Diagnostic, Label, Severity};
use codegen::model::{Operation, Response};
use codegen::source::Span;

use crate::value::{Violation, clipped};

/// What a finding is about: the request that showed it, and what came back.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// The command that sends the request again.
    pub curl: &'a str,
    /// What the request was for: `` `/name` breaks `maxLength` ``.
    pub purpose: &'a str,
    /// The answer in a line; none when none came.
    pub answered: Option<&'a str>,
}

fn finding(code: &'static str, message: String, span: Span, shown: Shown<'_>) -> Diagnostic {
    let mut help = vec![format!("reproduce: {}", shown.curl)];
    if let Some(answered) = shown.answered {
        help.insert(0, format!("the response was {answered}"));
    }
    help.insert(0, format!("the request: {}", shown.purpose));
    Diagnostic {
        code,
        severity: Severity::Error,
        message,
        primary: Label { span, text: String::new() },
        secondary: Vec::new(),
        help,
        fix: None,
    }
}

/// A status that the contract does not declare.
#[must_use]
pub fn undeclared_status(operation: &Operation, status: u16, shown: Shown<'_>) -> Diagnostic {
    let id = &operation.id.wire;
    let message = format!("`{id}` returned {status}, which its contract does not declare");
    let mut found = finding("undeclared-status", message, operation.origin.span, shown);
    found.help.push(format!(
        "declare it in `responses:`, for example\n'{status}':\n  description: When this is returned."
    ));
    found
}

/// A failure inside of the service.
#[must_use]
pub fn server_error(operation: &Operation, status: u16, shown: Shown<'_>) -> Diagnostic {
    let message = format!("`{}` failed with {status}", operation.id.wire);
    finding("server-error", message, operation.origin.span, shown)
}

/// An answer of another media type than the contract declares.
#[must_use]
pub fn media_type(
    operation: &Operation,
    response: &Response,
    status: u16,
    expected: &str,
    shown: Shown<'_>,
) -> Diagnostic {
    let id = &operation.id.wire;
    let message = format!("`{id}` returned {status} with another media type than `{expected}`");
    finding("undeclared-media-type", message, response.origin.span, shown)
}

/// A body where the contract declares none.
#[must_use]
pub fn undeclared_body(
    operation: &Operation,
    response: &Response,
    status: u16,
    shown: Shown<'_>,
) -> Diagnostic {
    let id = &operation.id.wire;
    let message = format!("`{id}` returned {status} with a body, but its contract declares none");
    finding("undeclared-body", message, response.origin.span, shown)
}

/// A body that is no JSON.
#[must_use]
pub fn unreadable_body(
    operation: &Operation,
    response: &Response,
    status: u16,
    shown: Shown<'_>,
) -> Diagnostic {
    let message = format!("`{}` returned {status} with a body that is not JSON", operation.id.wire);
    finding("unreadable-body", message, response.origin.span, shown)
}

/// A body that violates its schema, with every violation.
#[must_use]
pub fn bad_body(
    operation: &Operation,
    response: &Response,
    status: u16,
    violations: &[Violation],
    shown: Shown<'_>,
) -> Diagnostic {
    let mut places: Vec<_> = violations
        .iter()
        .map(|one| format!("`{}` violates `{}`", general(&one.pointer), one.keyword))
        .collect();
    places.dedup();
    let id = &operation.id.wire;
    let places = places.join(", ");
    let message =
        format!("`{id}` returned {status} with a body that violates its schema: {places}");
    let mut found = finding("bad-body", message, response.origin.span, shown);
    found.secondary = violations
        .iter()
        .map(|one| Label { span: one.span, text: format!("{}: {}", one.pointer, one.detail) })
        .collect();
    found
}

/// A problem document that contradicts its answer.
#[must_use]
pub fn bad_problem(
    operation: &Operation,
    response: &Response,
    status: u16,
    shown: Shown<'_>,
) -> Diagnostic {
    let id = &operation.id.wire;
    let message = format!(
        "`{id}` returned {status} with a problem document that has another `status` (RFC 9457)"
    );
    finding("bad-problem", message, response.origin.span, shown)
}

/// A required header that is not there.
#[must_use]
pub fn missing_header(
    operation: &Operation,
    response: &Response,
    status: u16,
    name: &str,
    shown: Shown<'_>,
) -> Diagnostic {
    let message = format!("`{}` returned {status} without the header `{name}`", operation.id.wire);
    finding("missing-header", message, response.origin.span, shown)
}

/// A header that violates its schema.
#[must_use]
pub fn bad_header(
    operation: &Operation,
    response: &Response,
    status: u16,
    name: &str,
    violations: &[Violation],
    shown: Shown<'_>,
) -> Diagnostic {
    let keywords: Vec<_> = violations.iter().map(|one| format!("`{}`", one.keyword)).collect();
    let message = format!(
        "`{}` returned {status} with a header `{name}` that violates {}",
        operation.id.wire,
        keywords.join(", ")
    );
    let mut found = finding("bad-header", message, response.origin.span, shown);
    let label = |one: &Violation| Label { span: one.span, text: one.detail.clone() };
    found.secondary = violations.iter().map(label).collect();
    found
}

/// A request that violates the contract, and succeeded.
#[must_use]
pub fn accepted(operation: &Operation, at: Span, status: u16, shown: Shown<'_>) -> Diagnostic {
    let id = &operation.id.wire;
    let message = format!(
        "`{id}` returned {status} for a request that violates its contract: {}",
        shown.purpose
    );
    let mut found = finding("invalid-request-accepted", message, at, shown);
    found.help.push("refuse it with a declared status, such as 400".to_owned());
    found
}

/// A request that keeps the contract, and was refused as one that does not.
#[must_use]
pub fn refused(operation: &Operation, at: Span, status: u16, shown: Shown<'_>) -> Diagnostic {
    let id = &operation.id.wire;
    let message = format!(
        "`{id}` returned {status} for a request that conforms to its contract: {}",
        shown.purpose
    );
    finding("valid-request-refused", message, at, shown)
}

/// A request whose credentials are not enough, and that was not refused for it.
#[must_use]
pub fn let_in(operation: &Operation, what: &str, status: u16, shown: Shown<'_>) -> Diagnostic {
    let id = &operation.id.wire;
    let message = match status {
        ..400 => format!("`{id}` accepts a caller with {what}"),
        _ => format!("`{id}` returns {status} for a caller with {what}"),
    };
    finding("caller-not-refused", message, operation.origin.span, shown)
}

/// A method that the path does not have, answered otherwise than by 405.
#[must_use]
pub fn method_not_refused(operation: &Operation, method: &str, shown: Shown<'_>) -> Diagnostic {
    let path = &operation.path.text;
    let message = format!("`{method} {path}` is not in the contract, but does not return 405");
    finding("method-not-refused", message, operation.origin.span, shown)
}

/// A 405 that does not say what is allowed.
#[must_use]
pub fn bad_allow(operation: &Operation, missing: &[&str], shown: Shown<'_>) -> Diagnostic {
    let path = &operation.path.text;
    let missing = missing.join("`, `");
    let message = format!("the `Allow` header of `{path}` does not name `{missing}`");
    finding("missing-allow", message, operation.origin.span, shown)
}

/// A resource that is not there although the answer before led to it.
#[must_use]
pub fn not_there(operation: &Operation, link: Span, name: &str, shown: Shown<'_>) -> Diagnostic {
    let id = &operation.id.wire;
    let message = format!("the link `{name}` of `{id}` leads to a 404 response");
    finding("linked-resource-missing", message, link, shown)
}

/// A resource that is still there although it was removed.
#[must_use]
pub fn still_there(operation: &Operation, reader: &Operation, shown: Shown<'_>) -> Diagnostic {
    let message = format!("`{}` still finds what `{}` deleted", reader.id.wire, operation.id.wire);
    finding("use-after-delete", message, operation.origin.span, shown)
}

/// No answer at all.
#[must_use]
pub fn no_answer(operation: &Operation, why: &str, shown: Shown<'_>) -> Diagnostic {
    let message = format!("`{}` sent no response: {}", operation.id.wire, clipped(why));
    finding("no-answer", message, operation.origin.span, shown)
}

/// A pointer with `*` for every index, so that a fault of each item is one finding.
fn general(pointer: &str) -> String {
    let parts = pointer.split('/').map(|part| match part.parse::<usize>() {
        Ok(_) => "*",
        Err(_) => part,
    });
    parts.collect::<Vec<_>>().join("/")
}
