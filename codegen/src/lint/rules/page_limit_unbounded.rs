//! Pages are of a bounded size.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::lists;
use crate::lint::uses::scalar_of;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "page-limit-unbounded",
    level: Some(Level::Warning),
    group: Group::Limits,
    what: "the page size has no maximum",
    why: "A single request for a million items defeats the purpose of paging.",
    example: Some(Example {
        at: "openapi#/paths/~1things/get/parameters/0",
        bad: "\
name: limit
in: query
description: How many things a page holds at most.
schema: {type: integer, format: int32, minimum: 1}",
        good: "\
name: limit
in: query
description: How many things a page holds at most.
schema: {type: integer, format: int32, minimum: 1, maximum: 100}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for service in &view.system().services {
        for parameter in service.operations.iter().flat_map(|operation| &operation.parameters) {
            let Some(scalar) = scalar_of(service, &parameter.ty) else { continue };
            let is_number = scalar.kind.is_integer();
            if is_number
                && lists::is_page_size(&parameter.name.wire)
                && scalar.number.maximum.is_none()
            {
                let message = format!("`{}` has no maximum", parameter.name.wire);
                found.add(parameter.origin.span, message, "add limits:\nminimum: 1\nmaximum: 100");
            }
        }
    }
}
