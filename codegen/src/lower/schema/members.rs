//! The properties of an object one by one, with all that the schemas that it is made of say of each.

use indexmap::IndexMap;

use super::parts::{Parts, takes_nothing};
use crate::lower::Scope;
use crate::parse::{Node, Value};

/// What the schemas of an object say of its properties: those that it refers to, builds on and chooses among, too.
#[derive(Default)]
pub(crate) struct Members<'a> {
    /// Each property with every schema that holds for it; none where it is only required.
    pub(crate) properties: IndexMap<&'a str, Vec<&'a Node>>,
    /// The names that must be there, whatever is chosen.
    pub(crate) required: Vec<&'a str>,
    /// What holds for every property that has no schema of its own; none where nothing does.
    pub(crate) others: Vec<&'a Node>,
}

impl<'a> Members<'a> {
    /// Those of a schema whose type could be made; `None` where it describes no object.
    pub(crate) fn of(scope: Scope<'a>, node: &'a Node) -> Option<Self> {
        let parts = Parts::of(scope, &[node])?;
        let mut members = Self::default();
        members.add(scope, &parts);
        members.required = parts.required.keys().copied().collect();
        for name in &members.required {
            members.properties.entry(name).or_default();
        }
        let is_object = match parts.types().as_deref() {
            None => parts.properties.keys().next().is_some(),
            Some(types) => types == ["object"],
        };
        is_object.then_some(members)
    }

    fn add(&mut self, scope: Scope<'a>, parts: &Parts<'a>) {
        for (name, entries) in &parts.properties {
            self.properties.entry(name).or_default().extend(entries.iter().map(|one| &one.value));
        }
        let others = parts.values("additionalProperties");
        self.others
            .extend(others.filter(|one| matches!(one.value, Value::Map(_)) && !takes_nothing(one)));
        for union in parts.unions() {
            for one in union.node.get(union.key).into_iter().flat_map(Node::items) {
                // An alternative that is built on this object is this object again.
                let Some(one) = parts.with_alternative(scope, one) else { continue };
                for (name, entries) in &one.properties {
                    if !self.properties.contains_key(name) {
                        let schemas = entries.iter().map(|one| &one.value).collect();
                        self.properties.insert(name, schemas);
                    }
                }
            }
        }
    }
}
