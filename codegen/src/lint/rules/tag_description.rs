//! A tag says what belongs to it.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::view::says;
use crate::lint::{Example, Group, Rule};
use crate::parse::Node;

pub(super) static RULE: Rule = Rule {
    code: "tag-description",
    level: Some(Level::Warning),
    group: Group::Docs,
    what: "a tag has no `description`",
    why: "Tags are the sections of a reference, and the description introduces the section.",
    example: Some(Example {
        at: "openapi#/tags/0",
        bad: "\
name: thing",
        good: "\
name: thing
description: What there is.",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for document in &view.openapi {
        for tag in document.root.get("tags").into_iter().flat_map(Node::items) {
            let Some(name) = tag.get("name").filter(|_| !says(tag, "description")) else {
                continue;
            };
            let message =
                format!("the tag `{}` has no description", name.text().unwrap_or_default());
            found.add(name.span, message, "say what belongs to it:\ndescription: …");
        }
    }
}
