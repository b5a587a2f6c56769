//! The positioned tree: JSON values that know where they stand.
//!
//! Owns the tree and how to read it leniently: a question that does not fit the node is answered with nothing.
//! Whether a node has the form that a contract asks for is checked before, by [`super::shape`].

use scalars::pointer::{escape, unescape};

use super::children::{List, Map};
use crate::diag::{Found, Key};
use crate::source::Span;

/// A value and where it stands. Its span tells it from every other node of the run, with one exception: what an
/// alias repeats has the place of its anchor, so the copies count as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// From its first byte to its last.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// The values that JSON has.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`, `~` or nothing at all.
    Null,
    /// `true` or `false`
    Flag(bool),
    /// A number in JSON's notation, with every digit that the contract has.
    Number(String),
    /// A string.
    Text(String),
    /// A sequence.
    List(List),
    /// A mapping.
    Map(Map),
}

/// One key of a mapping, with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key; one that is written as a number (`200:`) or a word (`null:`) is taken as text.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// What it is the key of.
    pub value: Node,
}

impl Entry {
    /// The key as a diagnostic tells of it.
    #[must_use]
    pub fn named(&self) -> Key<'_> {
        Key { name: &self.key, span: self.key_span }
    }
}

impl Node {
    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// A key with its value.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.value {
            Value::Map(entries) => entries.entry(key),
            _ => None,
        }
    }

    /// The value at the end of a way of keys.
    #[must_use]
    pub fn at(&self, keys: &[&str]) -> Option<&Node> {
        keys.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The keys of a mapping; nothing for any other node.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The elements of a sequence; nothing for any other node.
    #[must_use]
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The text of a string.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text of the string at a key.
    #[must_use]
    pub fn text_at(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Self::text)
    }

    /// Whether the key holds `true`.
    #[must_use]
    pub fn is_set(&self, key: &str) -> bool {
        self.flag_at(key) == Some(true)
    }

    /// The flag at a key.
    #[must_use]
    pub fn flag_at(&self, key: &str) -> Option<bool> {
        match self.get(key)?.value {
            Value::Flag(flag) => Some(flag),
            _ => None,
        }
    }

    /// The number at a key, as the contract writes it.
    #[must_use]
    pub fn number(&self) -> Option<&str> {
        match &self.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// A number without sign and fraction, but not zero.
    #[must_use]
    pub fn count(&self) -> Option<u64> {
        let whole = |number: &str| match number.split_once('.') {
            // JSON Schema takes `2.0` for a whole number too.
            Some((whole, zeros)) if zeros.bytes().all(|digit| digit == b'0') => whole.parse().ok(),
            _ => number.parse().ok(),
        };
        // `1e1` is one as well.
        let exact = |number: &str| scalars::Decimal::parse(number)?.to_integer()?.try_into().ok();
        self.number().and_then(|number| whole(number).or_else(|| exact(number)))
    }

    /// The count at a key.
    #[must_use]
    pub fn count_at(&self, key: &str) -> Option<u64> {
        self.get(key).and_then(Self::count)
    }

    /// The text of `$ref`, where the node is a reference, and where that text stands.
    #[must_use]
    pub fn reference(&self) -> Option<(&str, Span)> {
        let target = self.get("$ref")?;
        target.text().map(|text| (text, target.span))
    }

    /// What the node is, in words for a message: `a string`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "null",
            Value::Flag(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::Text(_) => "a string",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }

    /// The node as a diagnostic tells of it.
    #[must_use]
    pub fn found(&self) -> Found<'_> {
        Found { kind: self.kind(), text: self.text().or_else(|| self.number()), span: self.span }
    }

    /// The node as JSON. A number that a JSON value cannot hold (`1e999`) becomes the text that it is written as.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value as Json;
        match &self.value {
            Value::Null => Json::Null,
            Value::Flag(flag) => Json::Bool(*flag),
            Value::Number(number) => match serde_json::from_str(number) {
                Ok(json) => json,
                Err(_) => Json::String(number.clone()),
            },
            Value::Text(text) => Json::String(text.clone()),
            Value::List(items) => items.iter().map(Self::to_json).collect(),
            Value::Map(entries) => {
                entries.iter().map(|entry| (entry.key.clone(), entry.value.to_json())).collect()
            }
        }
    }

    /// The node at a JSON pointer (RFC 6901) below this one; the empty pointer is this node.
    #[must_use]
    pub fn pointer(&self, pointer: &str) -> Option<&Node> {
        if pointer.is_empty() {
            return Some(self);
        }
        let steps = pointer.strip_prefix('/')?;
        steps.split('/').try_fold(self, |node, step| {
            let step = unescape(step);
            match &node.value {
                Value::Map(_) => node.get(&step),
                Value::List(items) => step.parse::<usize>().ok().and_then(|index| items.get(index)),
                _ => None,
            }
        })
    }

    /// The node with the given span, at this one or below it; and where the key stands that it is the value of.
    #[must_use]
    pub fn find(&self, span: Span) -> Option<(&Node, Option<Span>)> {
        let mut found = (self, None);
        while found.0.span != span {
            found = match &found.0.value {
                Value::Map(entries) => {
                    entries.around(span).map(|entry| (&entry.value, Some(entry.key_span)))?
                }
                Value::List(items) => items.around(span).map(|(_, item)| (item, None))?,
                _ => return None,
            };
        }
        Some(found)
    }

    /// The JSON pointer from this node to the one with the given span, or to the nearest around it; and where the
    /// key stands that this one is the value of.
    #[must_use]
    pub fn pointer_to(&self, span: Span) -> (String, Option<Span>) {
        let mut pointer = String::new();
        let mut key_span = None;
        let mut node = self;
        while node.span != span {
            let step = match &node.value {
                Value::Map(entries) => entries
                    .around(span)
                    .map(|entry| (escape(&entry.key), Some(entry.key_span), &entry.value)),
                Value::List(items) => {
                    items.around(span).map(|(index, item)| (index.to_string().into(), None, item))
                }
                _ => None,
            };
            let Some((step, key, child)) = step else { break };
            pointer.push('/');
            pointer.push_str(&step);
            key_span = key;
            node = child;
        }
        (pointer, key_span.filter(|_| node.span == span))
    }
}

impl Node {
    /// The JSON pointer to the narrowest node around a span; a key counts as part of what it is the key of.
    #[must_use]
    pub fn pointer_around(&self, span: Span) -> String {
        self.pointer_by(span, |index, _| index.to_string())
    }

    /// The same with a step of one's own for an element of a list.
    #[must_use]
    pub fn pointer_by(&self, span: Span, element: impl Fn(usize, &Node) -> String) -> String {
        let inside = |outer: Span| outer.start <= span.start && span.end <= outer.end;
        let mut pointer = String::new();
        let mut node = self;
        loop {
            let whole = |entry: &Entry| Span {
                end: entry.value.span.end.max(entry.key_span.end),
                ..entry.key_span
            };
            let step = match &node.value {
                Value::Map(entries) => entries
                    .iter()
                    .find(|entry| inside(whole(entry)) || inside(entry.value.span))
                    .map(|entry| (escape(&entry.key), &entry.value, inside(entry.key_span))),
                Value::List(items) => items
                    .around(span)
                    .map(|(index, item)| (element(index, item).into(), item, false)),
                _ => None,
            };
            let Some((step, child, is_key)) = step else { return pointer };
            pointer.push('/');
            pointer.push_str(&step);
            if is_key {
                return pointer;
            }
            node = child;
        }
    }
}
