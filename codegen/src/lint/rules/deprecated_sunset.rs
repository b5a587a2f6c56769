//! What is deprecated says until when it works.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::parse_date;
use crate::parse::Value;

pub(super) static RULE: Rule = Rule {
    code: "deprecated-sunset",
    level: Some(Level::Warning),
    group: Group::Docs,
    what: "something is deprecated without a sunset date, or the reverse",
    why: "With a sunset date, clients can plan, and a removal after that date is not a breaking change. Without one, it always is.",
    example: Some(Example {
        at: "openapi#/paths/~1things/delete",
        bad: "\
operationId: clearThings
summary: Remove all things
description: There are none afterwards.
tags: [thing]
responses:
  '204': {description: There are none any more.}
deprecated: true",
        good: "\
operationId: clearThings
summary: Remove all things
description: There are none afterwards.
tags: [thing]
responses:
  '204': {description: There are none any more.}
deprecated: true
x-sunset: '2030-01-31'",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for node in view.objects() {
        // A property may be called so: then it is a schema.
        let flag =
            node.entry("deprecated").filter(|entry| matches!(entry.value.value, Value::Flag(true)));
        match (flag, node.entry("x-sunset")) {
            (Some(flag), None) => {
                found.add(flag.key_span, "this is deprecated without a sunset date", ADD);
            }
            (Some(_), Some(sunset)) if sunset.value.text().and_then(parse_date).is_none() => {
                found.add(sunset.value.span, "the sunset is not a date", ADD);
            }
            (None, Some(sunset)) if sunset.value.text().is_some() => {
                let why = "this has a sunset date, but is not deprecated";
                found.add(sunset.key_span, why, "add `deprecated: true`, or remove the date");
            }
            _ => {}
        }
    }
}

const ADD: &str = "add the date after which it may be removed:\nx-sunset: '2030-01-31'";
