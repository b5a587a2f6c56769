//! What a list or a mapping holds.
//!
//! Owns the two ways to find a child fast, by its key and by its place, and shares what a copy holds with the
//! original, so that a YAML alias costs no memory.

use std::ops::Deref;
use std::sync::Arc;

use super::node::{Entry, Node};
use crate::source::Span;

/// Mappings of fewer keys are searched from the first to the last.
const FEW: usize = 8;

/// The elements of a sequence.
#[derive(Debug, Clone)]
pub struct List(Arc<Children<Node>>);

/// The keys of a mapping with their values, in the order of the contract.
#[derive(Debug, Clone)]
pub struct Map(Arc<Keyed>);

#[derive(Debug)]
struct Children<T> {
    all: Vec<T>,
    /// Whether no child begins before the one in front of it ends. An alias has the place of its anchor, so it
    /// may stand out of order.
    in_order: bool,
}

#[derive(Debug)]
struct Keyed {
    entries: Children<Entry>,
    /// The entries by key, as indexes; empty where there are few.
    by_key: Vec<u32>,
}

/// A child that has a place.
trait Placed {
    fn place(&self) -> Span;
}

impl Placed for Node {
    fn place(&self) -> Span {
        self.span
    }
}

impl Placed for Entry {
    fn place(&self) -> Span {
        self.value.span
    }
}

impl<T: Placed> Children<T> {
    fn new(all: Vec<T>) -> Self {
        let places = || all.iter().map(Placed::place);
        let in_order = places().zip(places().skip(1)).all(|(one, next)| {
            one.file == next.file && one.start <= next.start && one.end <= next.start
        });
        Self { all, in_order }
    }

    /// The first child whose place is around a span.
    fn around(&self, span: Span) -> Option<usize> {
        let inside = |child: &T| {
            let outer = child.place();
            outer.start <= span.start && span.end <= outer.end
        };
        if !self.in_order {
            return self.all.iter().position(inside);
        }
        // Of children without text several may begin where the span does; the first is the one before them all.
        let first = self.all.partition_point(|child| child.place().end < span.end);
        (first..self.all.len())
            .take_while(|at| self.all[*at].place().start <= span.start)
            .find(|at| inside(&self.all[*at]))
    }
}

impl List {
    /// A list of these elements.
    #[must_use]
    pub fn new(items: Vec<Node>) -> Self {
        Self(Arc::new(Children::new(items)))
    }

    /// The element around a place, with its index.
    #[must_use]
    pub fn around(&self, span: Span) -> Option<(usize, &Node)> {
        self.0.around(span).map(|at| (at, &self.0.all[at]))
    }
}

impl Map {
    /// A mapping of these entries, whose keys differ.
    #[must_use]
    pub fn new(entries: Vec<Entry>) -> Self {
        let mut by_key: Vec<u32> = vec![];
        if entries.len() > FEW {
            by_key = (0..).take(entries.len()).collect();
            by_key.sort_by(|a, b| entries[*a as usize].key.cmp(&entries[*b as usize].key));
        }
        Self(Arc::new(Keyed { entries: Children::new(entries), by_key }))
    }

    /// The entry with a key.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        let all = &self.0.entries.all;
        if self.0.by_key.is_empty() {
            return all.iter().find(|entry| entry.key == key);
        }
        let found = self.0.by_key.binary_search_by(|at| all[*at as usize].key.as_str().cmp(key));
        found.ok().map(|at| &all[self.0.by_key[at] as usize])
    }

    /// The entry whose value is around a place.
    #[must_use]
    pub fn around(&self, span: Span) -> Option<&Entry> {
        self.0.entries.around(span).map(|at| &self.0.entries.all[at])
    }
}

impl Deref for List {
    type Target = [Node];

    fn deref(&self) -> &[Node] {
        &self.0.all
    }
}

impl Deref for Map {
    type Target = [Entry];

    fn deref(&self) -> &[Entry] {
        &self.0.entries.all
    }
}

impl PartialEq for List {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl PartialEq for Map {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<'a> IntoIterator for &'a List {
    type Item = &'a Node;
    type IntoIter = std::slice::Iter<'a, Node>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a> IntoIterator for &'a Map {
    type Item = &'a Entry;
    type IntoIter = std::slice::Iter<'a, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
