//! Schemas that tell by a discriminator which of the schemas that build on them a value is.
//!
//! Owns who builds on whom, and what each is called. Only what has a name can be named by a value: a component, a schema
//! of a file that gives names to schemas, and whatever `mapping` leads to.

use std::collections::{BTreeMap, BTreeSet};

use super::Documents;
use crate::lower::files;
use crate::parse::keywords::schema::SCHEMA;
use crate::parse::misplaced;
use crate::parse::node::Node;
use crate::source::Span;

/// A schema that builds on a base, or the base itself.
#[derive(Debug, Clone)]
pub(crate) struct Child<'a> {
    pub(crate) node: &'a Node,
    /// What it is called; nothing where only `mapping` names it.
    pub(crate) names: Vec<&'a str>,
}

/// The children of each base, by its place.
#[derive(Debug, Default)]
pub(super) struct Bases<'a> {
    by_base: BTreeMap<Span, Vec<Child<'a>>>,
    children: BTreeSet<Span>,
}

impl<'a> Bases<'a> {
    pub(super) fn of(docs: &Documents<'a>) -> Self {
        let mut found = Self::default();
        let bases: Vec<&Node> = docs.trees().flat_map(|(_, tree)| bases(docs, tree)).collect();
        if bases.is_empty() {
            return found;
        }
        let mut children: Vec<Child<'a>> = vec![];
        let mut places: BTreeMap<Span, usize> = BTreeMap::new();
        let mut add = |name: Option<&'a str>, node: &'a Node| {
            let Some(node) = docs.behind(node) else { return };
            let at = *places.entry(node.span).or_insert(children.len());
            if at == children.len() {
                children.push(Child { node, names: vec![] });
            }
            let names = &mut children[at].names;
            names.extend(name.filter(|name| !names.contains(name)));
        };
        for (name, node) in docs.trees().flat_map(|(_, tree)| named(tree)) {
            add(Some(name), node);
        }
        for base in &bases {
            let mapping =
                base.at(&["discriminator", "mapping"]).into_iter().flat_map(Node::entries);
            let targets =
                mapping.filter_map(|one| docs.step(one.value.span, one.value.text()?).ok());
            targets.chain([*base]).for_each(|node| add(None, node));
        }
        for child in children {
            let above = docs.builds_on(child.node);
            for base in above.into_iter().filter(|node| is_base(node)) {
                if base.span != child.node.span {
                    found.children.insert(child.node.span);
                }
                found.by_base.entry(base.span).or_default().push(child.clone());
            }
        }
        found
    }
}

impl<'a> Documents<'a> {
    /// The schemas that build on a base, the base itself among them.
    pub(crate) fn children_of(&self, base: &Node) -> &[Child<'a>] {
        self.bases.by_base.get(&base.span).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a schema builds on a base that tells it from others.
    pub(crate) fn is_child(&self, node: &Node) -> bool {
        self.bases.children.contains(&node.span)
    }

    /// The first schema on the way of a reference beside which anything counts, or else its end.
    fn behind(&self, node: &'a Node) -> Option<&'a Node> {
        let is_bare = node.entries().len() == 1 || self.dialect(node).refers_alone();
        if node.reference().is_some() && is_bare { self.next(node) } else { Some(node) }
    }
}

/// Whether a schema has a discriminator, and lists no alternatives for it.
pub(crate) fn is_base(node: &Node) -> bool {
    node.get("discriminator").is_some()
        && node.get("oneOf").is_none()
        && node.get("anyOf").is_none()
}

/// The schemas of a file that were checked and have a discriminator.
fn bases<'a>(docs: &Documents<'a>, tree: &'a Node) -> Vec<&'a Node> {
    let (mut found, mut open) = (vec![], vec![tree]);
    while let Some(node) = open.pop() {
        let is_found = is_base(node) && docs.shape_of(node) == Some(SCHEMA.name);
        found.extend(is_found.then_some(node));
        open.extend(node.items());
        open.extend(node.entries().iter().map(|entry| &entry.value));
    }
    found
}

/// The schemas of a file that have a name: components, or what a file that gives names to schemas holds.
fn named(tree: &Node) -> impl Iterator<Item = (&str, &Node)> {
    let components = tree.at(&["components", "schemas"]);
    let is_shared = || !files::names_standard(tree) && misplaced::names_schemas(tree);
    let holder = components.or_else(|| is_shared().then_some(tree));
    let entries = holder.into_iter().flat_map(Node::entries);
    entries.map(|entry| (entry.key.as_str(), &entry.value))
}
