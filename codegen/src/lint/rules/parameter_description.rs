//! A parameter says what it means.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::view::{entries, says};
use crate::lint::{Example, Group, Rule};
use crate::parse::Node;

pub(super) static RULE: Rule = Rule {
    code: "parameter-description",
    level: Some(Level::Warning),
    group: Group::Docs,
    what: "a parameter or a response header has no `description`",
    why: "From the name alone, callers have to guess units, formats, and what happens when the value is absent.",
    example: Some(Example {
        at: "openapi#/paths/~1things~1{id}/get/parameters/0",
        bad: "\
name: id
in: path
required: true
schema: {type: string, minLength: 1, maxLength: 8}",
        good: "\
name: id
in: path
required: true
description: Which thing.
schema: {type: string, minLength: 1, maxLength: 8}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    const HELP: &str = "say what it means:\ndescription: …";
    // A schema of its own may say it as well.
    let told = |node: &Node| {
        let schema = node.get("schema").and_then(|schema| view.target(schema));
        says(node, "description") || schema.is_some_and(|schema| says(schema, "description"))
    };
    for parameter in view.parameters().into_iter().filter(|parameter| !told(parameter)) {
        let Some(name) = parameter.get("name") else { continue };
        let message =
            format!("the parameter `{}` has no description", name.text().unwrap_or_default());
        found.add(name.span, message, HELP);
    }
    for (_, response) in view.operations().flat_map(|operation| view.responses_of(operation)) {
        for header in entries(response, &["headers"]) {
            if view.target(&header.value).is_some_and(|node| !told(node)) {
                found.add(
                    header.key_span,
                    format!("the header `{}` has no description", header.key),
                    HELP,
                );
            }
        }
    }
}
