//! What stands among the components is used.

use crate::diag::Level;
use std::collections::BTreeSet;

use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::view::{Document, entries};
use crate::lint::{Example, Group, Rule};
use crate::lower::scheme_name;
use crate::parse::{Node, node::Entry};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: "unused-component",
    level: Some(Level::Warning),
    group: Group::Structure,
    what: "a component is not used",
    why: "Unused components have to be maintained without benefit. Often the reason is a misspelled reference elsewhere.",
    example: Some(Example {
        at: "asyncapi#/components",
        bad: "\
schemas:
  ThingRemoved: {type: object, description: It is gone.}",
        good: "\
schemas:
  ThingStored: {type: object, description: It is kept., properties: {id: {type: string, minLength: 1, maxLength: 9}}, required: [id], x-dynamodb-table: {name: kept, partitionKey: id}}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    if !view.is_sound() {
        return;
    }
    let used = used(view);
    let documents: Vec<Document<'_>> = view.documents().collect();
    for document in &documents {
        check_components(document.root, &used, found);
    }
    for (file, tree) in view.trees() {
        let is_document = documents.iter().any(|document| document.root.span.file == file);
        let is_read = is_document || view.is_workflows(tree) || view.is_defaults(file);
        if is_read || names_documents(tree) || used.reached.contains(&tree.span) {
            continue;
        }
        if is_document_of_none(tree) {
            check_components(tree, &used, found);
            continue;
        }
        for entry in tree.entries().iter().filter(|entry| !used.holds(&entry.value)) {
            add(entry, found);
        }
    }
}

/// The components of a document that nothing refers to.
fn check_components(root: &Node, used: &Used, found: &mut Found<'_>) {
    let schemes = named_schemes(root);
    for kind in entries(root, &["components"]).filter(|kind| !kind.key.starts_with("x-")) {
        for entry in kind.value.entries() {
            let is_used = match kind.key.as_str() {
                "securitySchemes" => schemes.contains(entry.key.as_str()),
                _ => used.holds(&entry.value),
            };
            if !is_used {
                add(entry, found);
            }
        }
    }
}

fn add(entry: &Entry, found: &mut Found<'_>) {
    let text = format!("`{}` is not used", entry.key);
    found.add(entry.key_span, text, "remove it, or refer to it with `$ref`");
}

/// Whether a file is a service's `service.yaml`.
fn names_documents(tree: &Node) -> bool {
    let keys = tree.entries();
    !keys.is_empty() && keys.iter().all(|entry| DOCUMENTS.contains(&entry.key.as_str()))
}

/// Whether a file that is no service's document is one all the same: documents refer to its components.
fn is_document_of_none(tree: &Node) -> bool {
    DOCUMENTS.iter().any(|key| tree.get(key).is_some())
}

const DOCUMENTS: [&str; 2] = ["openapi", "asyncapi"];

/// What references reach.
struct Used {
    reached: BTreeSet<Span>,
}

impl Used {
    /// Whether a node is reached, or anything in it.
    fn holds(&self, node: &Node) -> bool {
        let from = Span { end: 0, ..node.span };
        self.reached.range(from..).next().is_some_and(|first| {
            first.file == node.span.file && first.start < node.span.end.max(node.span.start + 1)
        })
    }
}

fn used(view: &View<'_>) -> Used {
    let mut open: Vec<&Node> = vec![];
    for document in view.documents() {
        let own = document.root.entries().iter().filter(|entry| entry.key != "components");
        open.extend(own.map(|entry| &entry.value));
    }
    open.extend(view.trees().map(|(_, tree)| tree).filter(|tree| view.is_workflows(tree)));
    // What other documents use of their own is theirs.
    let others = view.trees().map(|(_, tree)| tree).filter(|tree| is_document_of_none(tree));
    let others = others.flat_map(Node::entries).filter(|entry| entry.key != "components");
    open.extend(others.map(|entry| &entry.value));
    // A table's schema is used by its table.
    for (_, tree) in view.trees() {
        let shared = entries(tree, &["components", "schemas"]).chain(tree.entries());
        open.extend(
            shared.map(|entry| &entry.value).filter(|node| node.get("x-dynamodb-table").is_some()),
        );
    }
    let roots: BTreeSet<Span> = view.documents().map(|document| document.root.span).collect();
    let mut reached = BTreeSet::new();
    while let Some(node) = open.pop() {
        if roots.contains(&node.span) || !reached.insert(node.span) {
            continue;
        }
        let name = node.reference().map(|(name, _)| name);
        open.extend(view.told_apart(node));
        open.extend(name.and_then(|name| view.step(node.span, name)));
        open.extend(node.entries().iter().map(|entry| &entry.value).chain(node.items()));
    }
    Used { reached }
}

/// The security schemes that a document names in a requirement.
fn named_schemes(root: &Node) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        for entry in node.entries() {
            if entry.key == "security" {
                names.extend(
                    entry
                        .value
                        .items()
                        .iter()
                        .flat_map(Node::entries)
                        .map(|scheme| scheme_name(&scheme.key)),
                );
            }
            open.push(&entry.value);
        }
        open.extend(node.items());
    }
    names
}
