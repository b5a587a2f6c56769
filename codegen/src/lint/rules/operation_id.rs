//! An operation has a name of its own.

use crate::diag::{Edit, Level};
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "operation-id",
    level: Some(Level::Warning),
    group: Group::Naming,
    what: "an operation has no `operationId`",
    why: "Without one, generated methods are named after method and path, so moving a path renames code, metrics and links.",
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
        let help = "add one that starts with a verb:\noperationId: listProducts";
        let place = operation.entry.key_span;
        let services = view.system().services.iter();
        let mut known = services.flat_map(|service| &service.operations);
        // The name that generated code has for it already. Of an item of two paths there are two.
        match known.find(|known| known.origin.span == view.place(operation.node())) {
            Some(known) if operation.path.value.reference().is_none() => {
                let (key, block) = ("operationId".to_owned(), known.id.wire.clone());
                let edit = Edit::Insert { key, block };
                found.add_fixable(place, message, help, operation.node().span, edit);
            }
            _ => found.add(place, message, help),
        }
    }
}
