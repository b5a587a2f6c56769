//! Bodies have named schemas.

use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::view::entries;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "inline-object",
    level: None,
    group: Group::Structure,
    what: "the schema of a body is inline, so the name of its type is generated",
    why: "The generated name depends on the operation and changes with it. A named schema can be shared and found.",
    example: Some(Example {
        at: "openapi#/paths/~1things/post/requestBody",
        bad: "\
required: true
content:
  application/json:
    schema: {type: object, additionalProperties: false, properties: {note: {type: string, maxLength: 9}}}
    example: {}",
        good: "\
required: true
content:
  application/json:
    schema: {$ref: '#/components/schemas/Thing'}
    example: {id: a}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for operation in view.operations() {
        let body = operation.node().get("requestBody").and_then(|body| view.target(body));
        let responses = view.responses_of(operation).into_iter().map(|(_, response)| response);
        for content in
            body.into_iter().chain(responses).flat_map(|node| entries(node, &["content"]))
        {
            let Some(schema) = content.value.entry("schema") else { continue };
            if schema.value.get("properties").is_some() {
                let help = "move it to `components/schemas`, and refer to it:\n$ref: '#/components/schemas/…'";
                found.add(
                    schema.key_span,
                    format!("an inline object of {} has no name", operation.name()),
                    help,
                );
            }
        }
    }
}
