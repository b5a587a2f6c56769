//! An operation says what becomes of a failure.

use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::Status;

pub(super) static RULE: Rule = Rule {
    code: "operation-500-response",
    level: None,
    group: Group::Errors,
    what: "an operation has no `5XX` response",
    why: "Every operation can fail. With a declared response format, clients can distinguish their own errors from errors of the service.",
    example: Some(Example {
        at: "openapi#/paths/~1things/delete",
        bad: "\
operationId: clearThings
summary: Remove all things
description: There are none afterwards.
tags: [thing]
responses:
  '204': {description: There are none any more.}",
        good: "\
operationId: clearThings
summary: Remove all things
description: There are none afterwards.
tags: [thing]
responses:
  '204': {description: There are none any more.}
  '500': {$ref: '#/components/responses/Failed'}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for operation in view.operations() {
        let Some(responses) = operation.node().entry("responses") else { continue };
        let tells = |key: &str| {
            matches!(
                Status::of(key),
                Some(Status::Code(500..=599) | Status::Range(5) | Status::Default)
            )
        };
        if !responses.value.entries().iter().any(|entry| tells(&entry.key)) {
            let help = "add one:\n'500':\n  description: An internal error.";
            found.add(
                responses.key_span,
                format!("{} has no `5XX` response for internal errors", operation.name()),
                help,
            );
        }
    }
}
