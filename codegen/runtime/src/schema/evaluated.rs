//! Which properties and items a schema has looked at, for `unevaluatedProperties` and `unevaluatedItems`.

use std::collections::BTreeSet;

use super::compile::{Id, Keyword};
use super::judge::{Judge, occurs};
use crate::At;
use crate::decode::node::View;

/// The items of a list that were looked at: the first so many, and some more.
#[derive(Debug, Default)]
pub(super) struct Items {
    first: usize,
    others: BTreeSet<usize>,
}

impl Items {
    pub(super) fn has(&self, index: usize) -> bool {
        index < self.first || self.others.contains(&index)
    }
}

impl<'s> Judge<'s> {
    /// The items that the rules of a schema look at, its own `unevaluatedItems` aside.
    pub(super) fn evaluated_items(&mut self, id: Id, at: &At<'_>) -> Items {
        let mut found = Items::default();
        self.items(id, at, true, &mut found);
        found
    }

    /// The properties that the rules of a schema look at, its own `unevaluatedProperties` aside.
    pub(super) fn evaluated_properties(&mut self, id: Id, at: &At<'_>) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        self.properties(id, at, true, &mut found);
        found
    }

    fn items(&mut self, id: Id, at: &At<'_>, own: bool, found: &mut Items) {
        let View::List(list) = at.view() else { return };
        for rule in &self.set.get(id).rules {
            match rule {
                Keyword::Items { rest: Some(_), .. } => found.first = usize::MAX,
                Keyword::UnevaluatedItems(_) if !own => found.first = usize::MAX,
                Keyword::Items { first, rest: None } => found.first = found.first.max(first.len()),
                Keyword::Contains { schema, .. } => {
                    for (index, node) in list.iter().enumerate() {
                        if self.fits(*schema, &at.element(index, node)) {
                            found.others.insert(index);
                        }
                    }
                }
                rule => {
                    for id in self.applied(rule, at) {
                        self.items(id, at, false, found);
                    }
                }
            }
        }
    }

    fn properties(&mut self, id: Id, at: &At<'_>, own: bool, found: &mut BTreeSet<String>) {
        let View::Map(map) = at.view() else { return };
        for rule in &self.set.get(id).rules {
            match rule {
                Keyword::Properties(properties) => {
                    let known = |key: &&str| {
                        properties.rest.is_some()
                            || properties.named.contains_key(*key)
                            || properties.patterns.iter().any(|(pattern, _)| occurs(pattern, key))
                    };
                    found.extend(map.keys().into_iter().filter(known).map(str::to_owned));
                }
                Keyword::UnevaluatedProperties(_) if !own => {
                    found.extend(map.keys().into_iter().map(str::to_owned));
                }
                rule => {
                    for id in self.applied(rule, at) {
                        self.properties(id, at, false, found);
                    }
                }
            }
        }
    }

    /// The schemas that a rule applies to the value itself and that it fits.
    fn applied(&mut self, rule: &'s Keyword, at: &At<'_>) -> Vec<Id> {
        match rule {
            Keyword::Reference(id) => vec![*id],
            Keyword::AllOf(list) => list.clone(),
            Keyword::AnyOf(list) | Keyword::OneOf(list) => {
                list.iter().copied().filter(|id| self.fits(*id, at)).collect()
            }
            Keyword::If { condition, then, otherwise } => match self.fits(*condition, at) {
                true => std::iter::once(*condition).chain(*then).collect(),
                false => otherwise.iter().copied().collect(),
            },
            Keyword::DependentSchemas(pairs) => {
                let View::Map(map) = at.view() else { return vec![] };
                let due = pairs.iter().filter(|(name, _)| map.get(name).is_some());
                due.map(|(_, id)| *id).collect()
            }
            _ => vec![],
        }
    }
}
