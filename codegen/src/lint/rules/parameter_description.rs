//! A parameter says what it means.

use std::collections::BTreeSet;

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
        says(node, "description")
            || view.whole(node.get("schema")).into_iter().any(|one| says(one, "description"))
    };
    let listed = view.operations().flat_map(|operation| operation.listed());
    let listed = listed.filter(|node| node.reference().is_some() && view.says(node, "description"));
    let beside: BTreeSet<_> =
        listed.filter_map(|node| view.target(node)).map(|node| node.span).collect();
    let untold = |node: &&Node| !told(node) && !beside.contains(&node.span);
    for parameter in view.parameters().into_iter().filter(untold) {
        let Some(name) = parameter.get("name") else { continue };
        let message =
            format!("the parameter `{}` has no description", name.text().unwrap_or_default());
        found.add(name.span, message, HELP);
    }
    for (_, response) in view.operations().flat_map(|operation| view.responses_of(operation)) {
        for header in entries(response, &["headers"]) {
            let is_told = view.says(&header.value, "description");
            if !is_told && view.target(&header.value).is_some_and(|node| !told(node)) {
                found.add(
                    header.key_span,
                    format!("the header `{}` has no description", header.key),
                    HELP,
                );
            }
        }
    }
}
