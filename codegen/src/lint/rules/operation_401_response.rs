//! An operation that asks for credentials says what it answers to wrong ones.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::Status;

pub(super) static RULE: Rule = Rule {
    code: "operation-401-response",
    level: Some(Level::Warning),
    group: Group::Errors,
    what: "a secured operation has no `401` response",
    why: "Clients need to distinguish an expired session from an action that is not allowed.",
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
  '401': {$ref: '#/components/responses/Refused'}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for operation in view.system().services.iter().flat_map(|service| &service.operations) {
        let declared = operation.responses.iter().any(|response| {
            matches!(response.status, Status::Code(401 | 403) | Status::Range(4) | Status::Default)
                && !response.is_implied(operation)
        });
        if !operation.is_open() && !declared {
            let message =
                format!("`{}` has no `401` response for invalid credentials", operation.id.wire);
            found.add(
                operation.origin.span,
                message,
                "add one:\n'401':\n  description: The credentials are missing or invalid.",
            );
        }
    }
}
