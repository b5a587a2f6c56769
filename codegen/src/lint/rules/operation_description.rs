//! An operation says what a caller has to know.

use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::view::says;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "operation-description",
    level: None,
    group: Group::Docs,
    what: "an operation has no `description`",
    why: "The summary names the operation. The description tells callers what else they need to know: ordering, retries, side effects.",
    example: Some(Example {
        at: "openapi#/paths/~1things/delete",
        bad: "\
operationId: clearThings
summary: Remove all things
tags: [thing]
responses:
  '204': {description: There are none any more.}",
        good: "\
operationId: clearThings
summary: Remove all things
description: There are none afterwards.
tags: [thing]
responses:
  '204': {description: There are none any more.}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for operation in view.operations().filter(|operation| !says(operation.node(), "description")) {
        let message = format!("{} has no description", operation.name());
        found.add(
            operation.entry.key_span,
            message,
            "say what callers need to know:\ndescription: …",
        );
    }
    for operation in view.event_operations() {
        if view.target(&operation.value).is_some_and(|node| !says(node, "description")) {
            let message = format!("`{}` has no description", operation.key);
            found.add(
                operation.key_span,
                message,
                "say what readers need to know:\ndescription: …",
            );
        }
    }
}
