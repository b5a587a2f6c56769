//! `$dynamicRef` (JSON Schema 2020-12, section 8.2.3.2): which schema it names depends on the schemas that led there.
//!
//! Owns what is known of the way to a schema, and the target of a dynamic reference seen from there. There are finitely
//! many ways that differ, so a definition is made for each of them and the validator knows plain references only.

use std::collections::{BTreeMap, BTreeSet};

use crate::lower::Scope;
use crate::lower::resources::{ResourceId, dynamic_reference};
use crate::parse::Node;

/// The dynamic anchors on the way to a schema, each with the outermost resource that has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Way<'a>(BTreeMap<&'a str, ResourceId>);

impl<'a> Way<'a> {
    /// The way on to a schema.
    pub(super) fn to(&self, scope: Scope<'a>, node: &Node) -> Self {
        let mut way = self.clone();
        let resources = scope.docs.resources();
        if resources.has_dynamic()
            && let Some(resource) = resources.around(node.span)
        {
            for name in resources.dynamic_anchors(resource) {
                way.0.entry(name).or_insert(resource);
            }
        }
        way
    }

    /// What a reference names. Where dynamic references count, each link of a chain is a step of the way.
    pub(super) fn next(&self, scope: Scope<'a>, node: &'a Node) -> Option<&'a Node> {
        let (text, place) = node.reference()?;
        scope.docs.target(node)?;
        match scope.docs.resources().has_dynamic() {
            true => scope.docs.step(place, text).ok(),
            false => scope.docs.next(node),
        }
    }

    /// The schema that a schema refers to dynamically, seen from this way.
    pub(super) fn target(&self, scope: Scope<'a>, node: &Node) -> Option<&'a Node> {
        let (text, place) = dynamic_reference(node)?;
        let first = scope.docs.step(place, text).ok()?;
        let name = text.split_once('#').map_or("", |(_, name)| name);
        let resources = scope.docs.resources();
        if !resources.is_dynamic(first, name) {
            return Some(first);
        }
        let outermost = self.0.get(name).and_then(|id| resources.anchored(*id, name));
        outermost.or(Some(first))
    }
}

/// Whether a dynamic reference is part of a schema, or of one that it refers to: the value as a whole tells what it
/// means, so no part of it has a type of its own.
pub(super) fn leads_to<'a>(scope: Scope<'a>, node: &'a Node) -> bool {
    if !scope.docs.resources().has_dynamic() {
        return false;
    }
    let (mut seen, mut open) = (BTreeSet::new(), vec![node]);
    while let Some(node) = open.pop() {
        if !seen.insert(node.span) {
            continue;
        }
        if dynamic_reference(node).is_some() {
            return true;
        }
        open.extend(scope.docs.next(node));
        open.extend(node.items());
        open.extend(node.entries().iter().map(|entry| &entry.value));
    }
    false
}
