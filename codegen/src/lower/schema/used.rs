//! One use of a schema: its type, and what the place that uses it adds.

use super::claims::is_default_of;
use crate::lower::docs::docs;
use crate::model::{Docs, TypeRef};
use crate::parse::Node;

/// One use of a schema: its type, and what the use adds.
#[derive(Debug, Clone)]
pub(crate) struct Use<'a> {
    /// The type; [`TypeRef::Nullable`] where `null` is a value.
    pub(crate) ty: TypeRef,
    pub(crate) docs: Docs,
    pub(crate) read_only: bool,
    pub(crate) write_only: bool,
    pub(crate) sensitive: bool,
    pub(crate) default: Option<&'a Node>,
    pub(crate) example: Option<&'a Node>,
}

impl<'a> Use<'a> {
    pub(super) fn plain(ty: TypeRef) -> Self {
        Self {
            ty,
            docs: Docs::default(),
            read_only: false,
            write_only: false,
            sensitive: false,
            default: None,
            example: None,
        }
    }

    /// What a schema adds to the type that it stands for.
    pub(super) fn of(node: &'a Node, target: Self) -> Self {
        let mut own = docs(node);
        let mut meaning = std::mem::take(&mut own.meaning);
        let is_own = |key: &str| meaning.iter().any(|(known, _)| known == key);
        let more = target.docs.meaning.iter().filter(|(key, _)| !is_own(key)).cloned();
        let more: Vec<_> = more.collect();
        meaning.extend(more);
        let own = if own == Docs::default() { target.docs } else { own };
        let default = node.get("default").filter(|value| is_default_of(value, &target.ty));
        Self {
            ty: target.ty,
            docs: Docs { meaning, ..own },
            read_only: target.read_only || node.is_set("readOnly"),
            write_only: target.write_only || node.is_set("writeOnly"),
            sensitive: target.sensitive || node.is_set("x-sensitive"),
            default: default.or(target.default),
            example: super::claims::example(node).or(target.example),
        }
    }
}
