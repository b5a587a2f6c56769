//! Which types hide their values: those that are sensitive, and those that hold something sensitive which has no type of
//! its own.

use std::collections::BTreeSet;

use crate::lower::Scope;
use crate::parse::{Node, Value};
use crate::source::Span;

/// Whether all of a schema's type is sensitive.
pub(super) fn is_sensitive<'a>(scope: Scope<'a>, node: &'a Node) -> bool {
    let is_held = |key: &str| {
        let by_name = BY_NAME.contains(&key);
        let holds = |held| holds_sensitive(scope, held, by_name, &mut BTreeSet::new());
        node.get(key).is_some_and(holds)
    };
    node.is_set("x-sensitive")
        || ELEMENTS.iter().any(|key| hides(node, key))
        || UNTYPED.into_iter().any(is_held)
        // Behind the first items, the others are any JSON too.
        || ((node.get("prefixItems").is_some() || has_tuple(node)) && is_held("items"))
}

/// Whether the first items have schemas of their own in the spelling of older drafts.
fn has_tuple(node: &Node) -> bool {
    node.get("items").is_some_and(|items| matches!(items.value, Value::List(_)))
}

/// Whether schemas hold something sensitive that any JSON keeps.
pub(super) fn holds<'a>(scope: Scope<'a>, mut nodes: impl Iterator<Item = &'a Node>) -> bool {
    nodes.any(|node| holds_sensitive(scope, node, false, &mut BTreeSet::new()))
}

/// Whether a schema that builds on this one adds something sensitive, which is one of the additional properties here.
pub(super) fn extended_by_sensitive<'a>(scope: Scope<'a>, base: &'a Node) -> bool {
    let children = scope.docs.children_of(base).iter();
    let mut others = children.filter(|child| child.node.span != base.span);
    let mut seen = BTreeSet::from([base.span]);
    others.any(|child| holds_sensitive(scope, child.node, false, &mut seen))
}

/// The keywords of what a list or map holds.
const ELEMENTS: [&str; 2] = ["items", "additionalProperties"];

/// Whether a list or map holds scalars that are sensitive: these may have no type of their own, so all of it is.
fn hides(node: &Node, key: &str) -> bool {
    let is_scalar = |one: &Node| one.reference().is_none() && one.get("properties").is_none();
    let deeper = |one: &Node| ELEMENTS.iter().any(|key| hides(one, key));
    node.get(key).is_some_and(|one| is_scalar(one) && (one.is_set("x-sensitive") || deeper(one)))
}

/// The keywords whose schemas become no types: what they describe is any JSON to Rust.
const UNTYPED: [&str; 12] = [
    "patternProperties",
    "unevaluatedProperties",
    "dependentSchemas",
    "dependencies",
    "prefixItems",
    "additionalItems",
    "unevaluatedItems",
    "contains",
    "propertyNames",
    "if",
    "then",
    "else",
];

/// The keywords that hold schemas by name.
const BY_NAME: [&str; 6] =
    ["properties", "patternProperties", "dependentSchemas", "dependencies", "$defs", "definitions"];

/// The keywords that hold values, not schemas.
const VALUES: [&str; 5] = ["const", "default", "enum", "example", "examples"];

/// Whether something is sensitive in a schema, or in schemas by name; references are followed.
fn holds_sensitive<'a>(
    scope: Scope<'a>,
    node: &'a Node,
    by_name: bool,
    seen: &mut BTreeSet<Span>,
) -> bool {
    if !seen.insert(node.span) {
        return false;
    }
    if by_name {
        let mut entries = node.entries().iter();
        return entries.any(|entry| holds_sensitive(scope, &entry.value, false, seen));
    }
    let target = node.reference().and_then(|_| scope.docs.target(node));
    node.is_set("x-sensitive")
        || target.is_some_and(|target| holds_sensitive(scope, target, false, seen))
        || node.items().iter().any(|item| holds_sensitive(scope, item, false, seen))
        || node.entries().iter().any(|entry| {
            let key = entry.key.as_str();
            !VALUES.contains(&key)
                && holds_sensitive(scope, &entry.value, BY_NAME.contains(&key), seen)
        })
}
