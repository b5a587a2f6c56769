//! An operation says in a few words what it does.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::view::says;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "operation-summary",
    level: Some(Level::Warning),
    group: Group::Docs,
    what: "an operation has no `summary`",
    why: "The summary is the doc comment of the generated method, the title in the reference and the label in diagrams.",
    example: Some(Example {
        at: "openapi#/paths/~1things/delete",
        bad: "\
operationId: clearThings
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
  '204': {description: There are none any more.}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for operation in view.operations().filter(|operation| !says(operation.node(), "summary")) {
        let message = format!("{} has no summary", operation.name());
        found.add(
            operation.entry.key_span,
            message,
            "say what it does in a few words:\nsummary: …",
        );
    }
    for operation in view.event_operations() {
        let told = |node| says(node, "summary") || says(node, "title");
        if view.target(&operation.value).is_some_and(|node| !told(node)) {
            let message = format!("`{}` has no summary", operation.key);
            found.add(operation.key_span, message, "say what it does in a few words:\nsummary: …");
        }
    }
}
