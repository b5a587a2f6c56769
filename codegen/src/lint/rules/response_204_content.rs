//! A status without a body is described with one.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::{View, entries};
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "response-204-content",
    level: Some(Level::Warning),
    group: Group::Structure,
    what: "a response without a body declares one",
    why: "HTTP responses with `204` and `304` have no body, so clients wait for content that never arrives.",
    example: Some(Example {
        at: "openapi#/paths/~1things/delete/responses",
        bad: "\
'204':
  description: They are gone.
  content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}",
        good: "\
'204': {description: They are gone.}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for operation in view.operations() {
        for (entry, response) in view.responses_of(operation) {
            let is_empty = ["204", "304"].contains(&entry.key.as_str());
            if is_empty && entries(response, &["content"]).next().is_some() {
                let message = format!("{} declares a body for `{}`", operation.name(), entry.key);
                let help = "use `200`, or remove `content`";
                // Whether the status or the body is wrong, only the author knows.
                found.add(entry.key_span, message, help);
            }
        }
    }
}
