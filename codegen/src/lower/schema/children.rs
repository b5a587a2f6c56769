//! Bases that tell by a discriminator which of the schemas that build on them a value is.

use super::tags::{Candidate, MAX_NESTED, assign};
use crate::diag::catalog::schema as fault;
use crate::lower::Scope;
use crate::parse::Node;

/// Which value of a discriminator names which schema that builds on its base.
pub(super) struct Children<'a> {
    /// The values, each with the schema that it names: the base itself among them.
    pub(super) tags: Vec<(String, &'a Node)>,
    /// Whether no other value can name any.
    pub(super) is_closed: bool,
}

impl<'a> Children<'a> {
    /// Those of a base. `None` where no value names any or they are not told apart, which has been reported.
    pub(super) fn of(scope: Scope<'a>, base: &'a Node, discriminator: &'a Node) -> Option<Self> {
        let children = scope.docs.children_of(base);
        let candidates = children.iter().map(|child| Candidate {
            node: child.node,
            name: child.names.first().copied().unwrap_or_default().to_owned(),
            is_base: child.node.span == base.span,
            above: scope.docs.builds_on(child.node).iter().map(|node| node.span).collect(),
        });
        let candidates: Vec<Candidate<'a>> = candidates.collect();
        let found = assign(scope, discriminator, &candidates, MAX_NESTED)?;
        let mut tags: Vec<(String, &'a Node)> = vec![];
        for (named, child) in found.iter().zip(children) {
            let texts = named.texts.iter().cloned();
            tags.extend(texts.map(|text| (text, child.node)));
        }
        for (named, child) in found.iter().zip(children).filter(|(named, _)| !named.listed) {
            let also = child.names.iter().skip(1).filter(|_| !named.texts.is_empty());
            for name in also {
                if tags.iter().all(|(known, _)| known != name) {
                    tags.push(((*name).to_owned(), child.node));
                }
            }
        }
        if tags.iter().all(|(_, node)| node.span == base.span) {
            let named = discriminator.get("propertyName").unwrap_or(discriminator);
            scope.sink.report(fault::no_children(named.span));
            return None;
        }
        let mut named = found.iter().zip(children);
        let is_closed =
            named.all(|(tags, child)| !tags.texts.is_empty() || !child.names.is_empty());
        Some(Self { tags, is_closed })
    }
}
