//! Bases that tell by a discriminator which of the schemas that build on them a value is.

use std::collections::BTreeMap;

use super::parts::builds_on;
use crate::lower::Scope;
use crate::parse::Node;
use crate::source::{FileId, Span};

/// The schemas that build on a base by `allOf`, by the place of the base.
pub(super) struct Children<'a> {
    scope: Scope<'a>,
    by_base: BTreeMap<Span, Vec<(String, &'a Node)>>,
    /// The schemas under a name, by file and name.
    named: BTreeMap<(FileId, &'a str), &'a Node>,
}

impl<'a> Children<'a> {
    /// Looks at the schemas under a name in all documents.
    pub(super) fn of(scope: Scope<'a>) -> Self {
        let mut by_base: BTreeMap<Span, Vec<(String, &'a Node)>> = BTreeMap::new();
        let schemas = scope.docs.trees().flat_map(|(_, tree)| {
            tree.at(&["components", "schemas"]).into_iter().flat_map(Node::entries)
        });
        let schemas: Vec<_> = schemas.collect();
        let named = schemas
            .iter()
            .map(|entry| ((entry.value.span.file, entry.key.as_str()), &entry.value))
            .collect();
        if !schemas.iter().any(|entry| is_base(&entry.value)) {
            return Self { scope, by_base, named };
        }
        for entry in schemas {
            // Each base tells its children apart, the base itself among them.
            let bases = builds_on(scope, &entry.value).into_iter().filter(|node| is_base(node));
            for base in bases {
                by_base.entry(base.span).or_default().push((entry.key.clone(), &entry.value));
            }
        }
        Self { scope, by_base, named }
    }

    /// Whether a schema tells its children apart.
    pub(super) fn is_base(&self, node: &Node) -> bool {
        is_base(node)
    }

    /// The values of the discriminator, each with the schema that it names: the base's own name among them.
    pub(super) fn tags(&self, base: &'a Node, discriminator: &'a Node) -> Vec<(String, &'a Node)> {
        let mut tags: Vec<(String, &'a Node)> = vec![];
        let children = self.by_base.get(&base.span).map(Vec::as_slice).unwrap_or_default();
        for entry in discriminator.get("mapping").into_iter().flat_map(Node::entries) {
            let text = entry.value.text().unwrap_or_default();
            let file = entry.value.span.file;
            let by_name = self.named.get(&(file, text)).copied();
            let target = by_name.or_else(|| self.scope.docs.step(entry.value.span, text).ok());
            tags.extend(target.map(|node| (entry.key.clone(), node)));
        }
        for (name, node) in children {
            if !tags.iter().any(|(tag, mapped)| tag == name || mapped.span == node.span) {
                tags.push((name.clone(), node));
            }
        }
        tags
    }
}

/// Whether a schema has a discriminator, and lists no alternatives for it.
fn is_base(node: &Node) -> bool {
    node.get("discriminator").is_some()
        && node.get("oneOf").is_none()
        && node.get("anyOf").is_none()
}
