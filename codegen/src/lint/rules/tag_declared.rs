//! Tags are declared.

use std::collections::BTreeSet;

use crate::diag::catalog::shape::nearest;
use crate::diag::{Edit, Level};
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::parse::Node;

pub(super) static RULE: Rule = Rule {
    code: "tag-declared",
    level: Some(Level::Warning),
    group: Group::Naming,
    what: "an operation uses a tag that the document does not declare, or a tag has a parent that is none",
    why: "A misspelled tag creates a separate section in references.",
    example: Some(Example {
        at: "openapi#/paths/~1things/delete",
        bad: "\
operationId: clearThings
summary: Remove all things
description: There are none afterwards.
tags: [thign]
responses:
  '204': {description: There are none any more.}",
        good: "\
operationId: clearThings
summary: Remove all things
description: There are none afterwards.
tags: [thing]
responses:
  '204': {description: There are none any more.}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for document in &view.openapi {
        check_parents(document.root.get("tags").map(Node::items).unwrap_or_default(), found);
    }
    let mut seen = BTreeSet::new();
    for operation in view.operations() {
        let declared = operation.document.root.get("tags").into_iter().flat_map(Node::items);
        let declared: Vec<&str> = declared.filter_map(|tag| tag.text_at("name")).collect();
        for tag in operation.node().get("tags").into_iter().flat_map(Node::items) {
            let name = tag.text().unwrap_or_default();
            // A tag of many operations is told of once.
            if declared.contains(&name) || !seen.insert((operation.document.root.span, name)) {
                continue;
            }
            let message = format!("the document does not declare the tag `{name}`");
            if let Some(near) = nearest(name, declared.iter().copied()) {
                found.add(tag.span, message, format!("did you mean `{near}`?"));
                continue;
            }
            let help =
                format!("declare it at the root:\ntags:\n  - name: {name}\n    description: …");
            let item = format!("name: {}", serde_json::Value::from(name));
            let edit = Edit::Append { key: "tags", item };
            found.add_fixable(tag.span, message, help, operation.document.root.span, edit);
        }
    }
}

/// A parent is a tag of the document, and no tag is above itself (OpenAPI 3.2, Tag Object).
fn check_parents(tags: &[Node], found: &mut Found<'_>) {
    let find = |name: &str| tags.iter().find(|tag| tag.text_at("name") == Some(name));
    for tag in tags {
        let (Some(name), Some(parent)) = (tag.text_at("name"), tag.get("parent")) else { continue };
        let text = parent.text().unwrap_or_default();
        if find(text).is_none() {
            let near = nearest(text, tags.iter().filter_map(|tag| tag.text_at("name")));
            let help = near.map_or_else(
                || format!("declare it at the root:\ntags:\n  - name: {text}"),
                |near| format!("did you mean `{near}`?"),
            );
            found.add(parent.span, format!("the document does not declare the tag `{text}`"), help);
            continue;
        }
        let above = std::iter::successors(find(text), |tag| find(tag.text_at("parent")?));
        if above.take(tags.len()).any(|tag| tag.text_at("name") == Some(name)) {
            let message = format!("the tag `{name}` is above itself");
            found.add(parent.span, message, "remove `parent` from one of the tags".to_owned());
        }
    }
}
