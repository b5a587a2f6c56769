//! Bases that tell by a discriminator which of the schemas that build on them a value is.

use std::collections::BTreeMap;

use super::parts::builds_on;
use super::tags::{Candidate, MAX_NESTED, assign};
use crate::lower::Scope;
use crate::parse::Node;
use crate::source::Span;

/// The schemas that build on a base by `allOf`, by the place of the base.
pub(super) struct Children<'a> {
    scope: Scope<'a>,
    by_base: BTreeMap<Span, Vec<(String, &'a Node)>>,
}

impl<'a> Children<'a> {
    /// Looks at the schemas under a name in all documents.
    pub(super) fn of(scope: Scope<'a>) -> Self {
        let mut by_base: BTreeMap<Span, Vec<(String, &'a Node)>> = BTreeMap::new();
        let schemas = scope.docs.trees().flat_map(|(_, tree)| {
            tree.at(&["components", "schemas"]).into_iter().flat_map(Node::entries)
        });
        let schemas: Vec<_> = schemas.collect();
        if !schemas.iter().any(|entry| is_base(&entry.value)) {
            return Self { scope, by_base };
        }
        for entry in schemas {
            // Each base tells its children apart, the base itself among them.
            let bases = builds_on(scope, &entry.value).into_iter().filter(|node| is_base(node));
            for base in bases {
                by_base.entry(base.span).or_default().push((entry.key.clone(), &entry.value));
            }
        }
        Self { scope, by_base }
    }

    /// Whether a schema tells its children apart.
    pub(super) fn is_base(&self, node: &Node) -> bool {
        is_base(node)
    }

    /// The values of the discriminator, each with the schema that it names: the base itself among them. `None` where they
    /// do not tell the schemas apart, which has been reported.
    pub(super) fn tags(
        &self,
        base: &'a Node,
        discriminator: &'a Node,
    ) -> Option<Vec<(String, &'a Node)>> {
        let children = self.by_base.get(&base.span).map(Vec::as_slice).unwrap_or_default();
        let candidate = |(name, node): &(String, &'a Node)| Candidate {
            node,
            name: name.clone(),
            is_base: node.span == base.span,
            above: builds_on(self.scope, node).iter().map(|node| node.span).collect(),
        };
        let candidates: Vec<Candidate<'a>> = children.iter().map(candidate).collect();
        let found = assign(self.scope, discriminator, &candidates, MAX_NESTED)?;
        let named = found.into_iter().zip(children);
        let pairs = named
            .flat_map(|(tags, (_, node))| tags.texts.into_iter().map(move |text| (text, *node)));
        Some(pairs.collect())
    }
}

/// Whether a schema has a discriminator, and lists no alternatives for it.
fn is_base(node: &Node) -> bool {
    node.get("discriminator").is_some()
        && node.get("oneOf").is_none()
        && node.get("anyOf").is_none()
}
