//! An operation has a tag.

use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "operation-tags",
    level: None,
    group: Group::Naming,
    what: "an operation has no tag",
    why: "API references group operations by tag.",
    example: Some(Example {
        at: "openapi#/paths/~1things/delete",
        bad: "\
operationId: clearThings
summary: Remove all things
description: There are none afterwards.
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
    for operation in view.operations() {
        if operation.node().get("tags").is_none_or(|tags| tags.items().is_empty()) {
            found.add(
                operation.entry.key_span,
                format!("{} has no tag", operation.name()),
                "add one:\ntags: [product]",
            );
        }
    }
}
