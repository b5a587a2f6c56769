//! Schemas that decide about a value from outside: those of a property in `not`, `if` or an alternative, beside the
//! schema of the property itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::lower::Documents;
use crate::parse::{Node, Value};
use crate::source::Span;

/// The schemas that decide about the values of others, by the places of these.
pub(super) type Deciding<'a> = BTreeMap<Span, Vec<&'a Node>>;

/// Those of all documents.
pub(super) fn deciding<'a>(docs: &Documents<'a>) -> Deciding<'a> {
    let mut found = Deciding::new();
    let mut seen: BTreeSet<(Span, Span)> = BTreeSet::new();
    let mut open: Vec<&Node> = docs.trees().map(|(_, tree)| tree).collect();
    while let Some(node) = open.pop() {
        open.extend(node.items());
        open.extend(node.entries().iter().map(|entry| &entry.value));
        if node.get("allOf").is_none() && alternatives(node).is_empty() {
            continue;
        }
        let whole = together(docs, node);
        let mut pairs: Vec<(&Node, &Node)> = vec![];
        for other in whole.iter().flat_map(|part| alternatives(part)) {
            pairs.extend(of_properties(docs, &whole, other));
        }
        while let Some((of_value, deciding)) = pairs.pop() {
            if !seen.insert((of_value.span, deciding.span)) {
                continue;
            }
            for link in docs.links(of_value) {
                found.entry(link.span).or_default().push(deciding);
            }
            let whole = together(docs, of_value);
            pairs.extend(of_properties(docs, &whole, deciding));
        }
    }
    found
}

/// The schemas that hold for a value together with one.
fn together<'a>(docs: &Documents<'a>, node: &'a Node) -> Vec<&'a Node> {
    let is_schema = |node: &Node| {
        let says = |key: &&str| node.get(key).is_some();
        ["allOf", "oneOf", "anyOf", "not", "if", "dependentSchemas", "properties"].iter().any(says)
    };
    let mut found: Vec<&Node> = vec![];
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        for link in docs.links(node) {
            if is_schema(link) && found.iter().all(|known| known.span != link.span) {
                found.push(link);
                open.extend(link.get("allOf").map(Node::items).unwrap_or_default());
            }
        }
    }
    found
}

/// The schemas that may hold for a value of another one.
fn alternatives(node: &Node) -> Vec<&Node> {
    let mut found: Vec<&Node> =
        ["not", "if", "then", "else"].iter().filter_map(|key| node.get(key)).collect();
    if node.get("discriminator").is_none() {
        let unions = ["oneOf", "anyOf"].iter().filter_map(|key| node.get(key));
        found.extend(unions.flat_map(Node::items));
    }
    let dependent = node.get("dependentSchemas").map(Node::entries).unwrap_or_default();
    found.extend(dependent.iter().map(|entry| &entry.value));
    found.retain(|node| matches!(node.value, Value::Map(_)));
    found
}

/// The schemas of properties of a whole, each with what another schema says of the same property.
fn of_properties<'a>(
    docs: &Documents<'a>,
    whole: &[&'a Node],
    other: &'a Node,
) -> Vec<(&'a Node, &'a Node)> {
    let mut found = vec![];
    let mut open = vec![other];
    let mut seen: BTreeSet<Span> = BTreeSet::new();
    while let Some(node) = open.pop() {
        for link in docs.links(node).into_iter().filter(|link| seen.insert(link.span)) {
            open.extend(link.get("allOf").map(Node::items).unwrap_or_default());
            open.extend(alternatives(link));
            let named = link.get("properties").map(Node::entries).unwrap_or_default();
            for entry in named.iter().filter(|one| matches!(one.value.value, Value::Map(_))) {
                let own = whole.iter().filter_map(|part| part.at(&["properties", &entry.key]));
                found.extend(own.map(|own| (own, &entry.value)));
            }
        }
    }
    found.retain(|(own, said)| own.span != said.span);
    found
}
