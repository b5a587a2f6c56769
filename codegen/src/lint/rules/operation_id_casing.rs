//! Ids of operations are camelCase.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::naming::Casing;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "operation-id-casing",
    level: Some(Level::Warning),
    group: Group::Naming,
    what: "an `operationId` is not camelCase",
    why: "Operation IDs occur in code, in metrics and in links to other operations. A single casing makes them easy to find.",
    example: Some(Example {
        at: "openapi#/paths/~1things/delete",
        bad: "\
operationId: Clear_things
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
    for operation in view.operations() {
        let Some(id) = operation.node().get("operationId") else { continue };
        let Some(name) = id.text().filter(|name| !name.is_empty()) else { continue };
        if !Casing::Camel.fits(name) {
            let spelled = Casing::Camel.spell(name);
            found.add(
                id.span,
                format!("the `operationId` `{name}` is not camelCase"),
                format!("write `{spelled}`"),
            );
        }
    }
    for operation in view.event_operations().filter(|operation| !Casing::Camel.fits(&operation.key))
    {
        let spelled = Casing::Camel.spell(&operation.key);
        let message = format!("the operation `{}` is not camelCase", operation.key);
        found.add(operation.key_span, message, format!("write `{spelled}`"));
    }
}
