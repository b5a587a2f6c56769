//! A place in a value: what stands there, how one got there, and whether it may be shown.

use std::fmt::Write as _;

use aws_sdk_dynamodb::types::AttributeValue;

use super::node::{List, Map, Node, View};
use super::violation::quoted;
use super::{Object, Violations};
use crate::Json;
use crate::json::Tree;

/// A place in a value.
///
/// Lives on the stack and points at the place above it, so that going down costs no allocation; the pointer is
/// only spelled out when a violation is reported.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    node: Node<'a>,
    step: Step<'a>,
    above: Option<&'a At<'a>>,
    secret: bool,
}

/// The last step of the way to a place.
#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    /// The root, with the pointer that the caller gave it.
    Root(&'a str),
    /// A member of an object.
    Key(&'a str),
    /// An element of a list.
    Index(usize),
}

impl<'a> At<'a> {
    /// The root of JSON; `pointer` is what pointers below it start with, such as `/body`.
    #[must_use]
    pub fn json(pointer: &'a str, value: &'a Tree<'a>) -> Self {
        Self::root(pointer, Node::Json(value))
    }

    /// The text of a parameter, such as `/query/limit`.
    #[must_use]
    pub fn text(pointer: &'a str, text: &'a str) -> Self {
        Self::root(pointer, Node::Text(text))
    }

    /// The texts of a parameter that holds a list, such as `/query/tag`.
    #[must_use]
    pub fn texts(pointer: &'a str, texts: &'a [&'a str]) -> Self {
        Self::root(pointer, Node::Texts(texts))
    }

    /// A stored attribute.
    #[must_use]
    pub fn stored(pointer: &'a str, value: &'a AttributeValue) -> Self {
        Self::root(pointer, Node::Stored(value))
    }

    fn root(pointer: &'a str, node: Node<'a>) -> Self {
        Self { node, step: Step::Root(pointer), above: None, secret: false }
    }

    /// The same place, of which no report may show the value, nor that of any place below.
    #[must_use]
    pub fn secret(self) -> Self {
        Self { secret: true, ..self }
    }

    /// A member of the object that stands here.
    pub(crate) fn member<'b>(&'b self, key: &'b str, node: Node<'b>) -> At<'b> {
        At { node, step: Step::Key(key), above: Some(self), secret: self.secret }
    }

    /// An element of the list that stands here.
    pub(crate) fn element<'b>(&'b self, index: usize, node: Node<'b>) -> At<'b> {
        At { node, step: Step::Index(index), above: Some(self), secret: self.secret }
    }

    /// Where this is, as a JSON Pointer.
    #[must_use]
    pub fn pointer(&self) -> String {
        let mut out = self.above.map_or_else(String::new, At::pointer);
        match self.step {
            Step::Root(pointer) => out.push_str(pointer),
            Step::Key(key) => push_key(&mut out, key),
            Step::Index(index) => {
                let _ = write!(out, "/{index}");
            }
        }
        out
    }

    /// The pointer of a member of the object that stands here.
    pub(crate) fn pointer_of(&self, key: &str) -> String {
        let mut out = self.pointer();
        push_key(&mut out, key);
        out
    }

    /// Whether `null` stands here.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self.view(), View::Null)
    }

    /// Whether this is, or is part of, what a table holds.
    pub(crate) fn is_stored(&self) -> bool {
        matches!(self.node, Node::Stored(_))
    }

    /// What tells this list or object apart from all others that are there at the same time.
    pub(crate) fn address(&self) -> Option<usize> {
        match self.node {
            Node::Json(value @ (Tree::Array(_) | Tree::Object(_))) => {
                Some(std::ptr::from_ref(value).addr())
            }
            Node::Stored(value @ (AttributeValue::L(_) | AttributeValue::M(_))) => {
                Some(std::ptr::from_ref(value).addr())
            }
            _ => None,
        }
    }

    /// The same place with another value.
    pub(crate) fn holding<'b>(&self, value: &'b Tree<'b>) -> At<'b>
    where
        'a: 'b,
    {
        At { node: Node::Json(value), ..*self }
    }

    /// What stands here as JSON.
    #[must_use]
    pub fn to_json(&self) -> Json {
        self.node.to_json()
    }

    /// The object that stands here.
    pub fn object<'b, 'o>(&'b self, out: &'o mut Violations) -> Option<Object<'b, 'o>> {
        let map = self.map(out)?;
        Some(Object::new(self, map, out))
    }

    /// What stands here.
    pub(crate) fn view(&self) -> View<'a> {
        self.node.view()
    }

    /// The list that stands here, or a violation.
    pub(super) fn list(&self, out: &mut Violations) -> Option<List<'a>> {
        match self.view() {
            View::List(list) => return Some(list),
            _ => out.expected(self, "an array"),
        }
        None
    }

    /// The members of the object that stands here, or a violation.
    pub(super) fn map(&self, out: &mut Violations) -> Option<Map<'a>> {
        match self.view() {
            View::Map(map) => return Some(map),
            _ => out.expected(self, "an object"),
        }
        None
    }

    /// The text that stands here, or a violation that says what kind of text is expected.
    pub(super) fn string(&self, expected: &str, out: &mut Violations) -> Option<&'a str> {
        match self.view() {
            View::String(text) | View::Text(text) => return Some(text),
            _ => out.expected(self, expected),
        }
        None
    }

    /// What stands here, in words: the value itself when it is short and may be shown.
    pub(super) fn found(&self) -> String {
        let plain = |kind: &str, value: String| if self.secret { kind.to_owned() } else { value };
        match self.view() {
            View::Null => "null".to_owned(),
            View::Boolean(value) => plain("a truth value", value.to_string()),
            View::Number(number) => plain("a number", number.0.to_owned()),
            View::String(text) | View::Text(text) => plain("a string", quoted(text)),
            View::Bytes(_) => "bytes".to_owned(),
            View::List(list) if list.len() == 1 => "an array of 1 item".to_owned(),
            View::List(list) => format!("an array of {} items", list.len()),
            View::Map(_) => "an object".to_owned(),
            View::Set => "a set".to_owned(),
        }
    }
}

/// Adds a key to a pointer (RFC 6901, section 3: `~` is written `~0` and `/` is written `~1`).
pub(crate) fn push_key(out: &mut String, key: &str) {
    out.push('/');
    out.push_str(&scalars::pointer::escape(key));
}
