//! An operation declares no answer to too many requests.

use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::Status;

pub(super) static RULE: Rule = Rule {
    code: "operation-429-response",
    level: None,
    group: Group::Errors,
    what: "an operation has no `429` response",
    why: "API Gateway throttles every stage with `429`. Clients that know this can wait and retry.",
    example: Some(Example {
        at: "openapi#/paths/~1things/delete/responses",
        bad: "\
'204': {description: There are none any more.}
'404': {description: There were none.}",
        good: "\
'204': {description: There are none any more.}
'429': {description: Too many requests; try again later.}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for operation in view.operations() {
        let responses = view.responses_of(operation);
        let declares = |key: &str| Status::of(key).is_some_and(|status| status.has(429));
        if !responses.iter().any(|(entry, _)| declares(&entry.key)) {
            let message =
                format!("{} has no `429` response for too many requests", operation.name());
            let help = "add one:\n'429':\n  description: Too many requests; try again later.";
            found.add(operation.entry.key_span, message, help);
        }
    }
}
