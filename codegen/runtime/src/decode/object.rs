//! Reading an object property by property, so that every violation is found in one pass.

use std::collections::BTreeMap;

use super::node::{Map, Node};
use super::{At, Decode, Violations, decode_default};
use crate::Maybe;

/// An object that is being read.
///
/// Every method reports what is wrong and answers `None` then; the caller reads all properties before it gives up.
#[derive(Debug)]
pub struct Object<'a, 'o> {
    at: &'a At<'a>,
    map: Map<'a>,
    out: &'o mut Violations,
    n_before: usize,
}

impl<'a, 'o> Object<'a, 'o> {
    pub(super) fn new(at: &'a At<'a>, map: Map<'a>, out: &'o mut Violations) -> Self {
        let n_before = out.len();
        Self { at, map, out, n_before }
    }

    /// A property that must be there.
    pub fn required<T: Decode>(&mut self, name: &str) -> Option<T> {
        self.required_as(name, T::decode)
    }

    /// A property that must be there, read by a function that knows rules which its type does not.
    pub fn required_as<T>(&mut self, name: &str, read: impl Reader<T>) -> Option<T> {
        match self.map.get(name) {
            Some(node) => self.read(name, node, read),
            None => {
                self.out.missing(self.at.pointer_of(name));
                None
            }
        }
    }

    /// A property that may be absent; `null` is no value of it.
    pub fn optional<T: Decode>(&mut self, name: &str) -> Option<Option<T>> {
        self.optional_as(name, T::decode)
    }

    /// As [`Object::optional`], read by a function that knows rules which its type does not.
    pub fn optional_as<T>(&mut self, name: &str, read: impl Reader<T>) -> Option<Option<T>> {
        match self.map.get(name) {
            Some(node) => self.read(name, node, read).map(Some),
            None => Some(None),
        }
    }

    /// A property that may be absent, and may be `null`, which means something else.
    pub fn maybe<T: Decode>(&mut self, name: &str) -> Option<Maybe<T>> {
        self.maybe_as(name, T::decode)
    }

    /// As [`Object::maybe`], read by a function that knows rules which its type does not.
    pub fn maybe_as<T>(&mut self, name: &str, read: impl Reader<T>) -> Option<Maybe<T>> {
        match self.map.get(name) {
            Some(node) if self.at.member(name, node).is_null() => Some(Maybe::Null),
            Some(node) => self.read(name, node, read).map(Maybe::Value),
            None => Some(Maybe::Absent),
        }
    }

    /// A property that holds a default, written as JSON, when it is absent.
    pub fn or<T: Decode>(&mut self, name: &str, default: &str) -> Option<T> {
        self.or_as(name, default, T::decode)
    }

    /// As [`Object::or`], read by a function that knows rules which its type does not.
    pub fn or_as<T>(&mut self, name: &str, default: &str, read: impl Reader<T>) -> Option<T> {
        match self.map.get(name) {
            Some(node) => self.read(name, node, read),
            None => decode_default(&self.at.pointer_of(name), default, self.out, read),
        }
    }

    /// Refuses properties that the contract does not name.
    ///
    /// In a stored object they are left alone: a table may have been written by a newer version of its service.
    pub fn refuse_others(&mut self, known: &[&str]) {
        if self.map.is_stored() {
            return;
        }
        for key in self.map.keys_but(known) {
            let detail = format!(
                "found a property that the contract does not name, expected {}",
                one_of(known)
            );
            self.out.add(self.at.pointer_of(key), detail);
        }
    }

    /// The properties that the contract does not name, all of one type.
    pub fn others<T: Decode>(&mut self, known: &[&str]) -> Option<BTreeMap<String, T>> {
        self.others_as(known, T::decode)
    }

    /// As [`Object::others`], read by a function that knows rules which its type does not.
    pub fn others_as<T>(
        &mut self,
        known: &[&str],
        read: impl Reader<T>,
    ) -> Option<BTreeMap<String, T>> {
        let mut others = Some(BTreeMap::new());
        for key in self.map.keys_but(known) {
            let Some(node) = self.map.get(key) else { continue };
            match (self.read(key, node, &read), &mut others) {
                (Some(value), Some(others)) => {
                    others.insert(key.to_owned(), value);
                }
                _ => others = None,
            }
        }
        others
    }

    /// Bounds the number of properties, those included that the contract does not name.
    pub fn bound(&mut self, min: Option<usize>, max: Option<usize>) {
        self.bound_but(&[], min, max);
    }

    /// As [`Object::bound`], not counting properties that are ignored, and so not stored.
    pub fn bound_but(&mut self, ignored: &[&str], min: Option<usize>, max: Option<usize>) {
        let n_ignored = ignored.iter().filter(|name| self.map.get(name).is_some()).count();
        let len = self.map.len() - n_ignored;
        if let Some(min) = min.filter(|min| len < *min) {
            self.out
                .add(self.at.pointer(), format!("found {len} properties, expected at least {min}"));
        }
        if let Some(max) = max.filter(|max| len > *max) {
            self.out
                .add(self.at.pointer(), format!("found {len} properties, expected at most {max}"));
        }
    }

    /// Whether nothing was wrong with the object. What [`Object::refuse_others`] and [`Object::bound`] report has no
    /// value whose absence would tell, so they are followed by this.
    #[must_use]
    pub fn end(self) -> Option<()> {
        (self.out.len() == self.n_before).then_some(())
    }

    fn read<T>(&mut self, name: &str, node: Node<'_>, read: impl Reader<T>) -> Option<T> {
        read(&self.at.member(name, node), self.out)
    }
}

/// A function that reads a value at a place, or reports why it cannot.
pub trait Reader<T>: Fn(&At<'_>, &mut Violations) -> Option<T> {}

impl<T, F: Fn(&At<'_>, &mut Violations) -> Option<T>> Reader<T> for F {}

/// `one of `a`, `b``, shortened to the first names.
pub(super) fn one_of<'a>(names: impl IntoIterator<Item = &'a &'a str>) -> String {
    const MAX_NAMES: usize = 20;
    let mut names = names.into_iter();
    let shown: Vec<String> =
        names.by_ref().take(MAX_NAMES).map(|name| format!("`{name}`")).collect();
    match (shown.as_slice(), names.count()) {
        ([], _) => "none".to_owned(),
        ([only], _) => only.clone(),
        (_, 0) => format!("one of {}", shown.join(", ")),
        (_, more) => format!("one of {} and {more} more", shown.join(", ")),
    }
}
