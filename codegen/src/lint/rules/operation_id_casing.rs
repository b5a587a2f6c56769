//! Ids of operations are camelCase.

use std::collections::BTreeSet;

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::naming::{Casing, respelled};
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::parse::Node;

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
    let ids = || view.operations().filter_map(|operation| operation.node().get("operationId"));
    let names: BTreeSet<&str> = ids().filter_map(Node::text).collect();
    for id in ids() {
        let Some(name) = id.text().filter(|name| !name.is_empty()) else { continue };
        if !Casing::Camel.fits(name) {
            let spelled = Casing::Camel.spell(name);
            let help = respelled(&spelled, names.contains(spelled.as_str()));
            found.add(id.span, format!("the `operationId` `{name}` is not camelCase"), help);
        }
    }
    let names: BTreeSet<&str> = view.event_operations().map(|one| one.key.as_str()).collect();
    for operation in view.event_operations().filter(|operation| !Casing::Camel.fits(&operation.key))
    {
        let spelled = Casing::Camel.spell(&operation.key);
        let message = format!("the operation `{}` is not camelCase", operation.key);
        let help = respelled(&spelled, names.contains(spelled.as_str()));
        found.add(operation.key_span, message, help);
    }
}
