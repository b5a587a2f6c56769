//! An operation has a name of its own.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "operation-id",
    level: Some(Level::Warning),
    group: Group::Naming,
    what: "an operation has no `operationId`",
    why: "Without one, generated methods are named after method and path, so that moving a path renames code, metrics and links.",
    example: Some(Example {
        at: "openapi#/paths/~1things/delete",
        bad: "\
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
  '204': {description: There are none any more.}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for operation in
        view.operations().filter(|operation| operation.node().get("operationId").is_none())
    {
        let message = format!("{} has no `operationId`", operation.name());
        found.add(
            operation.entry.key_span,
            message,
            "name it by a verb and a noun:\noperationId: listProducts",
        );
    }
}
