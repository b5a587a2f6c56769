//! A request body has an example.

use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::view::entries;
use crate::lint::{Example, Group, Rule};
use crate::parse::Entry;

pub(super) static RULE: Rule = Rule {
    code: "request-example",
    level: None,
    group: Group::Docs,
    what: "a request body has no example",
    why: "People copy examples first, and `verify` sends them to a running stage.",
    example: Some(Example {
        at: "openapi#/paths/~1things/post/requestBody",
        bad: "\
required: true
content:
  application/json:
    schema: {$ref: '#/components/schemas/Thing'}",
        good: "\
required: true
content:
  application/json:
    schema: {$ref: '#/components/schemas/Thing'}
    example: {id: a, owner: me}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for operation in view.operations() {
        let body = operation.node().entry("requestBody");
        let Some((body, node)) = body.and_then(|body| Some((body, view.target(&body.value)?)))
        else {
            continue;
        };
        let has = |media: &Entry| {
            let Some(media) = view.target(&media.value) else { return true };
            let schemas = view.whole(media.get("schema"));
            EXAMPLES.iter().any(|key| {
                media.get(key).is_some() || schemas.iter().any(|schema| schema.get(key).is_some())
            })
        };
        if !entries(node, &["content"]).any(has) {
            let message = format!("the request body of {} has no example", operation.name());
            found.add(body.key_span, message, "add one next to its schema:\nexample: …");
        }
    }
}

const EXAMPLES: [&str; 2] = ["example", "examples"];
