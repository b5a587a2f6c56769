//! JSON as a tree that keeps every digit.
//!
//! A request's body is read once, into a tree that borrows from its bytes; [`Json`] is the same tree on its own. Numbers
//! stay the text that was sent, so that each type decides what it can hold.

mod number;
mod read;

use std::borrow::Cow;
use std::fmt::{self, Display};

pub(crate) use number::Digits;
pub use number::Number;
pub(crate) use read::parse;

/// Any JSON value, which may borrow its texts.
///
/// Two are equal when JSON Schema calls them equal: numbers by value (`1.0` is `1`), objects in any order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Tree<'a> {
    /// `null`
    #[default]
    Null,
    /// A truth value.
    Bool(bool),
    /// A number, with all its digits.
    Number(Number<'a>),
    /// A text.
    String(Cow<'a, str>),
    /// A list.
    Array(Vec<Tree<'a>>),
    /// An object.
    Object(Members<'a>),
}

/// Any JSON value: what a schema without constraints takes.
///
/// ```
/// use runtime::Json;
///
/// let json = Json::parse(r#"{"id": 12345678901234567890123, "tags": ["a"]}"#)?;
/// assert_eq!(json.get("tags").and_then(|tags| tags.at(0)?.as_str()), Some("a"));
/// assert_eq!(json.to_string(), r#"{"id":12345678901234567890123,"tags":["a"]}"#);
/// # Ok::<(), String>(())
/// ```
pub type Json = Tree<'static>;

/// The members of an object: sorted, each name once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members<'a>(Vec<(Cow<'a, str>, Tree<'a>)>);

impl<'a> Members<'a> {
    /// Sorts members; answers a name that occurs twice, if there is one.
    pub(crate) fn sorted(mut members: Vec<(Cow<'a, str>, Tree<'a>)>) -> Result<Self, String> {
        members.sort_by(|(left, _), (right, _)| left.cmp(right));
        match members.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            Some(pair) => Err(pair[0].0.to_string()),
            None => Ok(Self(members)),
        }
    }

    /// The member of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Tree<'a>> {
        let found = self.0.binary_search_by(|(known, _)| (**known).cmp(name)).ok()?;
        Some(&self.0[found].1)
    }

    /// Sets a member; answers what was there before.
    pub fn insert(&mut self, name: impl Into<Cow<'a, str>>, value: Tree<'a>) -> Option<Tree<'a>> {
        let name = name.into();
        match self.0.binary_search_by(|(known, _)| known.cmp(&name)) {
            Ok(found) => Some(std::mem::replace(&mut self.0[found].1, value)),
            Err(place) => {
                self.0.insert(place, (name, value));
                None
            }
        }
    }

    /// Takes a member out.
    pub fn remove(&mut self, name: &str) -> Option<Tree<'a>> {
        let found = self.0.binary_search_by(|(known, _)| (**known).cmp(name)).ok()?;
        Some(self.0.remove(found).1)
    }

    /// The members, sorted by name.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Tree<'a>)> {
        self.0.iter().map(|(name, value)| (&**name, value))
    }

    /// The values, to be changed where they stand.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut Tree<'a>)> {
        self.0.iter_mut().map(|(name, value)| (&**name, value))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a, K: Into<Cow<'a, str>>> FromIterator<(K, Tree<'a>)> for Members<'a> {
    fn from_iter<I: IntoIterator<Item = (K, Tree<'a>)>>(members: I) -> Self {
        let members = members.into_iter().map(|(name, value)| (name.into(), value));
        let mut members: Vec<(Cow<'a, str>, Tree<'a>)> = members.collect();
        // The last one counts of several with one name.
        members.reverse();
        members.sort_by(|(left, _), (right, _)| left.cmp(right));
        members.dedup_by(|(later, _), (first, _)| later == first);
        Self(members)
    }
}

impl<'a> IntoIterator for Members<'a> {
    type Item = (Cow<'a, str>, Tree<'a>);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'m, 'a> IntoIterator for &'m Members<'a> {
    type Item = (&'m str, &'m Tree<'a>);
    type IntoIter = Box<dyn ExactSizeIterator<Item = Self::Item> + 'm>;

    fn into_iter(self) -> Self::IntoIter {
        Box::new(self.iter())
    }
}

impl Json {
    /// Reads a text (RFC 8259).
    ///
    /// # Errors
    /// In words: it is no JSON, nests deeper than 128 levels, or names a property twice in one object.
    pub fn parse(text: &str) -> Result<Self, String> {
        parse(text.as_bytes()).map(Tree::into_owned)
    }
}

impl<'a> Tree<'a> {
    /// The same value, borrowing nothing.
    #[must_use]
    pub fn into_owned(self) -> Json {
        match self {
            Self::Null => Tree::Null,
            Self::Bool(value) => Tree::Bool(value),
            Self::Number(number) => Tree::Number(number.into_owned()),
            Self::String(text) => Tree::String(Cow::Owned(text.into_owned())),
            Self::Array(items) => Tree::Array(items.into_iter().map(Tree::into_owned).collect()),
            Self::Object(Members(members)) => Tree::Object(Members(
                members
                    .into_iter()
                    .map(|(name, value)| (Cow::Owned(name.into_owned()), value.into_owned()))
                    .collect(),
            )),
        }
    }

    /// The member of an object.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?.get(name)
    }

    /// The item of a list.
    #[must_use]
    pub fn at(&self, index: usize) -> Option<&Self> {
        self.as_array()?.get(index)
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// The truth value, if it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// The number, if it is one.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number<'a>> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }

    /// The items, if it is a list.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Self]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// The members, if it is an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&Members<'a>> {
        if let Self::Object(members) = self { Some(members) } else { None }
    }

    /// Whether it is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

/// As JSON text, without blanks.
impl Display for Tree<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::to_json(self))
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Json {
    fn from(value: i64) -> Self {
        Self::Number(value.into())
    }
}

/// One that is not finite counts as `null`, because JSON has no way to write it.
impl From<f64> for Json {
    fn from(value: f64) -> Self {
        serde_json::Value::from(value).into()
    }
}

impl From<Vec<Json>> for Json {
    fn from(items: Vec<Json>) -> Self {
        Self::Array(items)
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::String(text.into())
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned().into())
    }
}

impl From<&serde_json::Value> for Json {
    fn from(value: &serde_json::Value) -> Self {
        use serde_json::Value;
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) => Self::Number(Number::of_json(number)),
            Value::String(text) => text.as_str().into(),
            Value::Array(items) => Self::Array(items.iter().map(Self::from).collect()),
            Value::Object(members) => Self::Object(
                members.iter().map(|(name, value)| (name.clone(), Self::from(value))).collect(),
            ),
        }
    }
}

impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Self {
        Self::from(&value)
    }
}
