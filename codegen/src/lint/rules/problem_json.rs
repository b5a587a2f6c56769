//! Errors are problem documents.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::view::entries;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "problem-json",
    level: Some(Level::Warning),
    group: Group::Errors,
    what: "an error response is not `application/problem+json`",
    why: "With one format for all errors (RFC 9457), a client needs one piece of code to handle them, and gateways and log tools understand it.",
    example: Some(Example {
        at: "openapi#/components/responses/Refused",
        bad: "\
description: The request is wrong, and why.
content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}",
        good: "\
description: The request is wrong, and why.
content: {application/problem+json: {schema: {$ref: '#/components/schemas/Problem'}}}",
    }),
    check: Some(check),
};

const HELP: &str = "use a problem document:\ncontent:\n  application/problem+json:\n    schema:\n      $ref: '#/components/schemas/Problem'";

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for operation in view.operations().filter(|operation| operation.entry.key != "head") {
        let mut own = vec![];
        for (entry, response) in view.responses_of(operation) {
            let is_error = entry.key.starts_with(['4', '5']);
            let told = entries(response, &["content"])
                .any(|content| content.key.starts_with("application/problem+json"));
            if !is_error || told {
                continue;
            }
            // One that several operations share is told of once, those of one operation together.
            if entry.value.reference().is_some() {
                found.add(view.place(response), "this error is not a problem document", HELP);
            } else {
                own.push(entry);
            }
        }
        let statuses: Vec<_> = own.iter().map(|entry| format!("`{}`", entry.key)).collect();
        if let Some(first) = own.first() {
            let message =
                format!("{} uses its own format for {}", operation.name(), statuses.join(", "));
            found.add(first.key_span, message, HELP);
        }
    }
}
