//! Paths name things, and methods what is done with them.

use crate::lint::found::Found;
use crate::lint::naming::words;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "path-verb",
    level: None,
    group: Group::Naming,
    what: "a path contains a verb",
    why: "`POST /create-thing` names the action twice, and hides that `GET`, `PUT` and `DELETE` act on the same resource.",
    example: Some(Example {
        at: "openapi#/paths",
        bad: "\
/create-thing:
  post:
    operationId: createThing
    summary: Add a thing
    description: One.
    tags: [thing]
    responses:
      '204': {description: It is there.}",
        good: "\
/thing:
  post:
    operationId: createThing
    summary: Add a thing
    description: One.
    tags: [thing]
    responses:
      '204': {description: It is there.}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for (_, path) in view.paths() {
        let verb = path.key.split('/').find(|segment| {
            words(segment).first().is_some_and(|word| VERBS.contains(&word.as_str()))
                && !segment.starts_with('{')
        });
        if let Some(verb) = verb {
            let message =
                format!("the verb `{verb}` in the path `{}` repeats the HTTP method", path.key);
            found.add(
                path.key_span,
                message,
                "name the resource only, and let the method express the action",
            );
        }
    }
}

/// What methods say.
const VERBS: [&str; 11] = [
    "get", "list", "read", "fetch", "create", "add", "insert", "update", "replace", "delete",
    "remove",
];
