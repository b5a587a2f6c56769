//! One value, in whichever form it came: parsed JSON, a stored attribute, or the text of a parameter.
//!
//! Owns how each form spells nothing, truth, numbers, text, lists and objects, so that types know one form only.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

use crate::Json;
use crate::json::{Digits, Members, Number, Tree};

/// A value that stands somewhere.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Node<'a> {
    /// JSON.
    Json(&'a Tree<'a>),
    /// A DynamoDB attribute.
    Stored(&'a AttributeValue),
    /// The text of a parameter, which may mean a number or a truth value as well.
    Text(&'a str),
    /// The texts of a parameter that may be given several times.
    Texts(&'a [&'a str]),
}

/// What a value is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum View<'a> {
    Null,
    Boolean(bool),
    Number(Digits<'a>),
    String(&'a str),
    Bytes(&'a [u8]),
    List(List<'a>),
    Map(Map<'a>),
    /// Text that may mean a number or a truth value as well.
    Text(&'a str),
    /// A stored set, which no contract can ask for.
    Set,
}

impl<'a> Node<'a> {
    pub(crate) fn view(self) -> View<'a> {
        match self {
            Self::Json(value) => match value {
                Tree::Null => View::Null,
                Tree::Bool(value) => View::Boolean(*value),
                Tree::Number(number) => View::Number(Digits(number.as_str())),
                Tree::String(text) => View::String(text),
                Tree::Array(items) => View::List(List::Json(items)),
                Tree::Object(members) => View::Map(Map::Json(members)),
            },
            Self::Stored(value) => match value {
                AttributeValue::Null(_) => View::Null,
                AttributeValue::Bool(value) => View::Boolean(*value),
                AttributeValue::N(text) => View::Number(Digits(text)),
                AttributeValue::S(text) => View::String(text),
                AttributeValue::B(bytes) => View::Bytes(bytes.as_ref()),
                AttributeValue::L(items) => View::List(List::Stored(items)),
                AttributeValue::M(map) => View::Map(Map::Stored(map)),
                _ => View::Set,
            },
            Self::Text(text) => View::Text(text),
            Self::Texts(texts) => View::List(List::Texts(texts)),
        }
    }

    /// The value as JSON.
    pub(crate) fn to_json(self) -> Json {
        match self.view() {
            View::Null | View::Set => Json::Null,
            View::Boolean(value) => Json::Bool(value),
            View::Number(Digits(text)) => {
                Number::new(text.to_owned()).map_or_else(|| text.into(), Json::Number)
            }
            View::String(text) | View::Text(text) => text.into(),
            View::Bytes(bytes) => crate::value::to_base64(bytes).into(),
            View::List(list) => Json::Array(list.iter().map(Node::to_json).collect()),
            View::Map(map) => {
                let member = |key: &'a str| Some((key.to_owned(), map.get(key)?.to_json()));
                Json::Object(map.keys().into_iter().filter_map(member).collect())
            }
        }
    }
}

/// The elements of a list.
#[derive(Debug, Clone, Copy)]
pub(crate) enum List<'a> {
    Json(&'a [Tree<'a>]),
    Stored(&'a [AttributeValue]),
    Texts(&'a [&'a str]),
}

impl<'a> List<'a> {
    pub(crate) fn len(self) -> usize {
        match self {
            Self::Json(items) => items.len(),
            Self::Stored(items) => items.len(),
            Self::Texts(texts) => texts.len(),
        }
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = Node<'a>> {
        (0..self.len()).map(move |index| match self {
            Self::Json(items) => Node::Json(&items[index]),
            Self::Stored(items) => Node::Stored(&items[index]),
            Self::Texts(texts) => Node::Text(texts[index]),
        })
    }
}

/// The members of an object.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Map<'a> {
    Json(&'a Members<'a>),
    Stored(&'a HashMap<String, AttributeValue>),
}

impl<'a> Map<'a> {
    pub(crate) fn get(self, key: &str) -> Option<Node<'a>> {
        match self {
            Self::Json(members) => members.get(key).map(Node::Json),
            Self::Stored(map) => map.get(key).map(Node::Stored),
        }
    }

    pub(crate) fn len(self) -> usize {
        match self {
            Self::Json(members) => members.len(),
            Self::Stored(map) => map.len(),
        }
    }

    /// The keys, sorted, so that what is said of them does not depend on chance.
    pub(crate) fn keys(self) -> Vec<&'a str> {
        self.keys_but(&[])
    }

    /// The keys that are unknown, sorted.
    pub(crate) fn keys_but(self, known: &[&str]) -> Vec<&'a str> {
        let is_other = |key: &&str| !known.contains(key);
        let mut keys: Vec<&str> = match self {
            Self::Json(members) => {
                return members.iter().map(|(name, _)| name).filter(is_other).collect();
            }
            Self::Stored(map) => map.keys().map(String::as_str).filter(is_other).collect(),
        };
        keys.sort_unstable();
        keys
    }

    pub(crate) fn is_stored(self) -> bool {
        matches!(self, Self::Stored(_))
    }
}
