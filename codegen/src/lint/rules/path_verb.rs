//! Paths name things, and methods what is done with them.

use crate::lint::found::Found;
use crate::lint::naming::words;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "path-verb",
    level: None,
    group: Group::Naming,
    what: "a path names what is done, which the method says",
    why: "`POST /create-thing` says it twice, and hides that `GET`, `PUT` and `DELETE` of the same thing belong together.",
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
            let message = format!("`{verb}` in the path `{}` says what the method says", path.key);
            found.add(
                path.key_span,
                message,
                "name the thing alone, and say what is done by the method",
            );
        }
    }
}

/// What methods say.
const VERBS: [&str; 11] = [
    "get", "list", "read", "fetch", "create", "add", "insert", "update", "replace", "delete",
    "remove",
];
