//! Schemas that hold at once without one that says so: what several parts of an `allOf` say of one property.
//!
//! Owns how a set of schemas is met again: where its members lead back to it, the type that is being made is the answer.

use std::collections::BTreeMap;

use super::{Parts, Types, Use, nullable, parts, without_null};
use crate::model::TypeRef;
use crate::parse::Node;
use crate::source::Span;

/// What a later use of the same type is told by.
pub(super) enum TypeOrigin<'a> {
    /// The place of one schema.
    Node(&'a Node),
    /// The places of several.
    Merged(Vec<Span>),
    /// Nothing: it is used once.
    None,
}

impl<'a> Types<'a> {
    /// The type that fits several schemas at once. Those that refer to the same one are one, and a set of schemas that is
    /// met again within itself is the type that is being made.
    pub(super) fn lower_merged(&mut self, nodes: &[&'a Node], hint: &str) -> Option<Use<'a>> {
        let mut ends: BTreeMap<Span, &'a Node> = BTreeMap::new();
        for node in nodes {
            let is_plain = node.reference().is_some() && !parts::says_more(self.scope, node);
            let end = if is_plain { parts::stands_for(self.scope, node)? } else { *node };
            ends.entry(end.span).or_insert(node);
        }
        if let (1, Some(node)) = (ends.len(), ends.values().next()) {
            let used = self.lower_all(&[*node], hint)?;
            let says = |node: &&&Node| !self.scope.docs.dialect(node).refers_alone();
            return Some(
                nodes.iter().rev().filter(says).fold(used, |used, node| Use::of(node, used)),
            );
        }
        let parts = Parts::of(self.scope, nodes)?;
        let places: Vec<Span> = ends.into_keys().collect();
        match self.merged.get(&places) {
            Some(id) => Some(self.use_merged(&parts, TypeRef::Named(*id))),
            None => self.lower_parts(&parts, TypeOrigin::Merged(places), hint),
        }
    }

    /// A use of the type that merged schemas became.
    pub(super) fn use_merged(&self, parts: &Parts<'a>, ty: TypeRef) -> Use<'a> {
        let ty = if parts.nullable { nullable(ty) } else { without_null(ty) };
        let nearest_last = parts.nodes().collect::<Vec<_>>().into_iter().rev();
        let mut made = nearest_last.fold(Use::plain(ty), |made, node| Use::of(node, made));
        made.sensitive |= parts.sensitive;
        made
    }
}
