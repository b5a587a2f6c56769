//! A list says nothing of its elements.

use crate::diag::{Edit, Level};
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::parse::Node;

pub(super) static RULE: Rule = Rule {
    code: "array-items",
    level: Some(Level::Warning),
    group: Group::Structure,
    what: "an array has no `items`",
    why: "Its elements can be anything, so nothing validates them, and typed clients get untyped values.",
    example: Some(Example {
        at: "openapi#/components/schemas/Thing/properties/parts",
        bad: "\
type: array
maxItems: 10
description: What it is made of.",
        good: "\
type: array
maxItems: 10
description: What it is made of.
items: {type: string, maxLength: 20}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for node in view.schemas() {
        let Some(list) = node.get("type").and_then(array) else { continue };
        if node.get("items").is_none() && node.get("prefixItems").is_none() {
            let help = "add the schema of the elements:\nitems: {type: string}";
            let message = "the elements of the array can be anything";
            // Says the same, aloud.
            let edit = Edit::Insert { key: "items".to_owned(), block: "{}".to_owned() };
            found.add_fixable(list.span, message, help, node.span, edit);
        }
    }
}

/// Where a type says `array`, alone or among others.
fn array(kind: &Node) -> Option<&Node> {
    std::iter::once(kind).chain(kind.items()).find(|one| one.text() == Some("array"))
}
