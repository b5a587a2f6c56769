//! A tag is declared once.

use crate::diag::{Edit, Level};
use std::collections::BTreeMap;

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
        let mut seen = BTreeMap::new();
        for tag in document.root.get("tags").into_iter().flat_map(Node::items) {
            let Some(name) = tag.get("name") else { continue };
            let text = name.text().unwrap_or_default();
            let Some(first) = seen.get(text) else {
                seen.insert(text, tag);
                continue;
            };
            let message = format!("the tag `{text}` is already declared");
            // Which of two descriptions is right, only their author knows.
            match says_no_more(tag, first) {
                true => {
                    let help = "remove one of them";
                    found.add_fixable(name.span, message, help, tag.span, Edit::Remove);
                }
                false => found.add(name.span, message, "merge both declarations into one"),
            }
        }
    }
}

/// Whether all that a tag says is said by another one too.
fn says_no_more(tag: &Node, first: &Node) -> bool {
    tag.entries().iter().all(|entry| {
        first.get(&entry.key).is_some_and(|value| value.to_json() == entry.value.to_json())
    })
}
