//! A tag is declared once.

use crate::diag::{Edit, Level};
use std::collections::BTreeSet;

use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::parse::Node;

pub(super) static RULE: Rule = Rule {
    code: "tag-twice",
    level: Some(Level::Warning),
    group: Group::Naming,
    what: "a tag is declared twice",
    why: "Only one of the descriptions is shown, and tools differ in which.",
    example: Some(Example {
        at: "openapi#/tags",
        bad: "\
- {name: thing, description: What there is.}
- {name: thing, description: What there was.}",
        good: "\
- {name: thing, description: What there is.}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for document in &view.openapi {
        let mut seen = BTreeSet::new();
        for tag in document.root.get("tags").into_iter().flat_map(Node::items) {
            let Some(name) = tag.get("name") else { continue };
            let text = name.text().unwrap_or_default();
            if !seen.insert(text) {
                let message = format!("the tag `{text}` is already declared");
                found.add_fixable(name.span, message, "remove one of them", tag.span, Edit::Remove);
            }
        }
    }
}
