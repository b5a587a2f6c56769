//! Lists that come from outside are bounded.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::uses::{Shape, incoming, shape_of};
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "array-unbounded",
    level: Some(Level::Warning),
    group: Group::Limits,
    what: "an array in a request or a received event has no `maxItems`",
    why: "A request with a million items uses time and memory of a function before anything refuses it.",
    example: Some(Example {
        at: "openapi#/components/schemas/Thing/properties/parts",
        bad: "\
type: array
description: What it is made of.
items: {type: string, maxLength: 20}",
        good: "\
type: array
maxItems: 10
description: What it is made of.
items: {type: string, maxLength: 20}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for service in &view.system().services {
        for used in incoming(service) {
            let (shape, what) = shape_of(service, used);
            if matches!(shape, Shape::List(list) if list.max_items.is_none()) {
                found.add(
                    what.span,
                    format!("the array `{}` has no maximum length", what.name),
                    "add a maximum:\nmaxItems: 100",
                );
            }
        }
    }
}
