//! What is deprecated says until when it works.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::parse::Value;

pub(super) static RULE: Rule = Rule {
    code: "deprecated-sunset",
    level: Some(Level::Warning),
    group: Group::Docs,
    what: "something is deprecated, and nobody knows until when it works",
    why: "With a sunset date clients can plan, and a removal after that day is no breaking change; without one it always is.",
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
    for (_, tree) in view.trees() {
        let mut open = vec![tree];
        while let Some(node) = open.pop() {
            // A property may be called so: then it is a schema.
            let flag = node
                .entry("deprecated")
                .filter(|entry| matches!(entry.value.value, Value::Flag(true)));
            if let Some(flag) = flag.filter(|_| node.get("x-sunset").is_none()) {
                found.add(
                    flag.key_span,
                    "nobody knows until when this works",
                    "add the day after which it may be gone:\nx-sunset: '2030-01-31'",
                );
            }
            for entry in node.entries() {
                match entry.key.as_str() {
                    // Their names are free, so that one of them may be called `default`.
                    "properties" => open.extend(entry.value.entries().iter().map(|e| &e.value)),
                    key if HOLDS_VALUES.contains(&key) => {}
                    _ => open.push(&entry.value),
                }
            }
            open.extend(node.items());
        }
    }
}

/// Keys below which stands data and no contract.
const HOLDS_VALUES: [&str; 5] = ["example", "examples", "default", "enum", "value"];
