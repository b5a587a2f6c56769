//! Reading lists, maps, and values that may be `null` or stand on the heap.
//!
//! The functions that end in `_of` take the function that reads an element, for elements with rules of their own.

use std::collections::{BTreeMap, btree_map::Entry};
use std::fmt::Write as _;

use super::node::{Node, View};
use super::object::Reader;
use super::{At, Decode, Violations};
use crate::Encode;
use crate::json::Tree;

/// What a contract demands of a list as a whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ListRules {
    min_items: Option<usize>,
    max_items: Option<usize>,
    unique_items: bool,
}

impl ListRules {
    /// Any list.
    #[must_use]
    pub const fn new() -> Self {
        Self { min_items: None, max_items: None, unique_items: false }
    }

    /// At least so many items.
    #[must_use]
    pub const fn min_items(self, min: usize) -> Self {
        Self { min_items: Some(min), ..self }
    }

    /// At most so many items.
    #[must_use]
    pub const fn max_items(self, max: usize) -> Self {
        Self { max_items: Some(max), ..self }
    }

    /// No item twice.
    #[must_use]
    pub const fn unique_items(self) -> Self {
        Self { unique_items: true, ..self }
    }

    /// Reports what a list of so many items violates; answers whether its items are worth reading.
    fn check(self, at: &At<'_>, len: usize, out: &mut Violations) -> bool {
        if let Some(min) = self.min_items.filter(|min| len < *min) {
            out.expected(at, format_args!("at least {min}"));
        }
        match self.max_items.filter(|max| len > *max) {
            Some(max) => out.expected(at, format_args!("at most {max}")),
            None => return true,
        }
        false
    }
}

/// Reads a list by rules.
pub fn list<T: Decode + Encode>(rules: ListRules) -> impl Reader<Vec<T>> {
    list_of(rules, T::decode)
}

/// Reads a list by rules, its elements by a function.
pub fn list_of<T: Encode>(rules: ListRules, read: impl Reader<T>) -> impl Reader<Vec<T>> {
    move |at: &At<'_>, out: &mut Violations| {
        let mut seen = BTreeMap::new();
        read_list(rules, at, out, &read, |item, at, index, out| {
            if rules.unique_items {
                check_unique(item, at, index, &mut seen, out);
            }
        })
    }
}

/// Reads a list, and looks at each item that can be read.
fn read_list<T>(
    rules: ListRules,
    at: &At<'_>,
    out: &mut Violations,
    read: impl Reader<T>,
    mut look: impl FnMut(&T, &At<'_>, usize, &mut Violations),
) -> Option<Vec<T>> {
    let n_before = out.len();
    let nodes = at.list(out)?;
    // A list that is far too long is refused as a whole, not element by element.
    if !rules.check(at, nodes.len(), out) {
        return None;
    }
    let mut items = Some(Vec::with_capacity(nodes.len()));
    for (index, node) in nodes.iter().enumerate() {
        let at = at.element(index, node);
        match (read(&at, out), &mut items) {
            (None, items) => *items = None,
            (Some(item), items) => {
                look(&item, &at, index, out);
                if let Some(items) = items {
                    items.push(item);
                }
            }
        }
    }
    items.filter(|_| out.len() == n_before)
}

/// Reports an item that is equal to one before it, as both will be stored: two spellings of one instant are one item.
fn check_unique(
    item: &impl Encode,
    at: &At<'_>,
    index: usize,
    seen: &mut BTreeMap<String, usize>,
    out: &mut Violations,
) {
    let stored = crate::to_json(item);
    // What we write, we read; the place itself is what is left where that were not so.
    let text = match crate::json::parse(stored.as_bytes()) {
        Ok(tree) => canonical_json(&tree),
        Err(_) => canonical(at.view()),
    };
    match seen.entry(text) {
        Entry::Vacant(entry) => {
            entry.insert(index);
        }
        Entry::Occupied(first) => out.add(
            at.pointer(),
            format!("found the item at index {} again, expected each only once", first.get()),
        ),
    }
}

/// A text that two values share exactly when JSON Schema calls them equal: numbers count by value, the order of
/// properties does not.
pub(crate) fn canonical(view: View<'_>) -> String {
    let mut text = String::new();
    push_canonical(view, &mut text);
    text
}

/// As [`canonical`], of JSON.
pub(crate) fn canonical_json(value: &Tree<'_>) -> String {
    canonical(Node::Json(value).view())
}

fn push_canonical(view: View<'_>, out: &mut String) {
    match view {
        View::Null | View::Set => out.push_str("null"),
        View::Boolean(value) => out.push_str(if value { "true" } else { "false" }),
        View::Number(number) => number.push_canonical(out),
        View::String(text) | View::Text(text) => {
            let _ = write!(out, "{text:?}");
        }
        View::Bytes(bytes) => {
            let _ = write!(out, "{bytes:?}");
        }
        View::List(list) => {
            out.push('[');
            for node in list.iter() {
                push_canonical(node.view(), out);
                out.push(',');
            }
            out.push(']');
        }
        View::Map(map) => {
            out.push('{');
            for key in map.keys() {
                let _ = write!(out, "{key:?}:");
                push_canonical(map.get(key).map_or(View::Null, Node::view), out);
                out.push(',');
            }
            out.push('}');
        }
    }
}

/// Reads an object with free keys, bounded in their number.
pub fn map<T: Decode>(min: Option<usize>, max: Option<usize>) -> impl Reader<BTreeMap<String, T>> {
    map_of(min, max, T::decode)
}

/// Reads an object with free keys, bounded in their number, its values by a function.
pub fn map_of<T>(
    min: Option<usize>,
    max: Option<usize>,
    read: impl Reader<T>,
) -> impl Reader<BTreeMap<String, T>> {
    move |at: &At<'_>, out: &mut Violations| {
        let mut object = at.object(out)?;
        object.bound(min, max);
        let members = object.others_as(&[], &read);
        object.end()?;
        members
    }
}

/// Reads a value or `null`.
pub fn nullable<T>(read: impl Reader<T>) -> impl Reader<Option<T>> {
    move |at: &At<'_>, out: &mut Violations| {
        if at.is_null() { Some(None) } else { read(at, out).map(Some) }
    }
}

/// Reads a value to the heap.
pub fn boxed<T>(read: impl Reader<T>) -> impl Reader<Box<T>> {
    move |at: &At<'_>, out: &mut Violations| read(at, out).map(Box::new)
}

/// Reads a value that must not be shown.
pub fn secret<T>(read: impl Reader<T>) -> impl Reader<crate::Sensitive<T>> {
    move |at: &At<'_>, out: &mut Violations| read(&at.secret(), out).map(crate::Sensitive::new)
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        read_list(ListRules::new(), at, out, T::decode, |_, _, _, _| {})
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        map(None, None)(at, out)
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        nullable(T::decode)(at, out)
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        boxed(T::decode)(at, out)
    }
}
