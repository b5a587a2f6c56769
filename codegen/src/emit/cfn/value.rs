//! The values a CloudFormation template is made of, and its intrinsic functions.
//!
//! Owns the tree and the short ways to build it. Knows no resource type and no YAML.

use indexmap::IndexMap;

/// A value in a template. Maps keep the order in which they were built.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// A string.
    Text(String),
    /// A string of several lines that people read: a dashboard's body.
    Block(String),
    /// A whole number.
    Int(i64),
    /// A number in the decimal notation it has in the contract.
    Number(String),
    /// A boolean.
    Bool(bool),
    /// A list.
    List(Vec<Value>),
    /// A map.
    Map(Map),
}

impl Value {
    /// A number from its digits; one with an exponent is written out, as not every YAML reader takes it for a number.
    pub(super) fn number(digits: &str) -> Self {
        let is_simple = |text: &str| {
            let text = text.strip_prefix('-').unwrap_or(text);
            let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
            [whole, fraction]
                .iter()
                .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
        };
        match digits.parse::<f64>() {
            Ok(number) if !is_simple(digits) => Self::Number(number.to_string()),
            _ => Self::Number(digits.to_owned()),
        }
    }
}

impl From<&Value> for serde_json::Value {
    fn from(value: &Value) -> Self {
        match value {
            Value::Text(text) | Value::Block(text) => Self::from(text.as_str()),
            Value::Int(number) => Self::from(*number),
            Value::Number(digits) => serde_json::from_str(digits).unwrap_or_default(),
            Value::Bool(flag) => Self::from(*flag),
            Value::List(items) => items.iter().map(Self::from).collect(),
            Value::Map(map) => map.to_json(),
        }
    }
}

/// Entries by key, in order of insertion.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Map(IndexMap<String, Value>);

impl Map {
    /// A map without entries.
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// The map with one entry more. Panics when the key is taken, which only a fault in an emitter can cause.
    pub(super) fn with(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.insert(key, value);
        self
    }

    /// The map with one entry more, when there is a value for it.
    pub(super) fn with_some(self, key: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// The map with all entries of another one.
    pub(super) fn with_all(mut self, other: Self) -> Self {
        other.0.into_iter().for_each(|(key, value)| self.insert(key, value));
        self
    }

    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Adds an entry. Panics as [`Map::with`] does.
    pub(super) fn insert(&mut self, key: impl Into<String>, value: impl Into<Value>) {
        let key = key.into();
        assert!(!self.0.contains_key(&key), "two emitters made the key `{key}`");
        self.0.insert(key, value.into());
    }

    /// Sets an entry, whether there is one or not.
    pub(super) fn set(&mut self, key: &str, value: impl Into<Value>) {
        self.0.insert(key.to_owned(), value.into());
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    /// The entries in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// The same as JSON.
    pub(super) fn to_json(&self) -> serde_json::Value {
        self.iter().map(|(key, value)| (key.to_owned(), serde_json::Value::from(value))).collect()
    }

    /// Whether there is no entry.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<K: Into<String>, V: Into<Value>> FromIterator<(K, V)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        entries.into_iter().fold(Self::new(), |map, (key, value)| map.with(key, value))
    }
}

/// A text that CloudFormation takes as it is: it would replace a dynamic reference in any property, a description too.
pub(super) fn inert(text: &str) -> String {
    text.replace("{{resolve:", "{ {resolve:")
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(inert(text))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Int(i64::from(number))
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

impl From<Map> for Value {
    fn from(map: Map) -> Self {
        Self::Map(map)
    }
}

impl<V: Into<Value>> From<Vec<V>> for Value {
    fn from(values: Vec<V>) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }
}

impl<V: Into<Value>, const N: usize> From<[V; N]> for Value {
    fn from(values: [V; N]) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }
}

impl From<&serde_json::Value> for Value {
    fn from(json: &serde_json::Value) -> Self {
        match json {
            // A template has no null; what may hold one is written as text (`events::event_pattern`).
            serde_json::Value::Null => Self::from("null"),
            serde_json::Value::Bool(flag) => Self::Bool(*flag),
            serde_json::Value::Number(number) => Self::number(&number.to_string()),
            serde_json::Value::String(text) => Self::from(text),
            serde_json::Value::Array(values) => Self::List(values.iter().map(Into::into).collect()),
            serde_json::Value::Object(entries) => Self::Map(entries.iter().collect()),
        }
    }
}

/// `Ref`: a parameter's value or a resource's id.
pub(super) fn reference(logical_id: &str) -> Value {
    Map::new().with("Ref", logical_id).into()
}

/// `Fn::GetAtt`: an attribute of a resource.
pub(super) fn attribute(logical_id: &str, name: &str) -> Value {
    Map::new().with("Fn::GetAtt", [logical_id, name]).into()
}

/// `Fn::Sub`: text in which `${…}` is replaced.
pub(super) fn substitute(text: impl Into<String>) -> Value {
    Map::new().with("Fn::Sub", text.into()).into()
}

/// `Fn::Sub` with values of its own.
pub(super) fn substitute_with(text: impl Into<String>, values: Map) -> Value {
    Map::new().with("Fn::Sub", [Value::from(text.into()), values.into()]).into()
}

/// What takes the place of a reference to a logical id, or to an attribute of it; none where it stays.
pub(super) type Change<'a> = dyn FnMut(&str, Option<&str>) -> Option<Value> + 'a;

/// A value with other references.
pub(super) fn with_references(value: &Value, change: &mut Change<'_>) -> Value {
    match value {
        Value::List(values) => {
            Value::List(values.iter().map(|one| with_references(one, change)).collect())
        }
        Value::Map(map) => {
            let changed = match map.iter().next() {
                Some(("Ref", Value::Text(id))) => change(id, None),
                Some(("Fn::GetAtt", Value::List(path))) => match path.as_slice() {
                    [Value::Text(id), Value::Text(attribute)] => change(id, Some(attribute)),
                    _ => None,
                },
                _ => None,
            };
            changed.unwrap_or_else(|| {
                map.iter()
                    .map(|(key, one)| (key, with_references_in(key, one, change)))
                    .collect::<Map>()
                    .into()
            })
        }
        plain => plain.clone(),
    }
}

fn with_references_in(key: &str, value: &Value, change: &mut Change<'_>) -> Value {
    match (key, value) {
        ("Fn::Sub", Value::Text(text)) => Value::Text(substituted(text, change)),
        ("Fn::Sub", Value::Block(text)) => Value::Block(substituted(text, change)),
        ("Fn::Sub", Value::List(parts)) => match parts.as_slice() {
            [Value::Text(text), Value::Map(own)] => {
                let values = with_references(&own.clone().into(), change);
                let mut foreign = |id: &str, attribute: Option<&str>| match own.get(id) {
                    Some(_) => None,
                    None => change(id, attribute),
                };
                Value::List(vec![substituted(text, &mut foreign).into(), values])
            }
            _ => value.clone(),
        },
        _ => with_references(value, change),
    }
}

/// A text with other `${…}`; `${!literal}` stays.
fn substituted(text: &str, change: &mut Change<'_>) -> String {
    let mut pieces = text.split("${");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let changed = piece.split_once('}').and_then(|(name, rest)| {
            let (id, attribute) = match name.split_once('.') {
                Some((id, attribute)) => (id, Some(attribute)),
                None => (name, None),
            };
            Some((in_text(&change(id, attribute)?)?, rest))
        });
        match changed {
            Some((new, rest)) => out.extend([&new, rest]),
            None => out.extend(["${", piece]),
        }
    }
    out
}

/// A reference as it stands in the text of `Fn::Sub`.
fn in_text(value: &Value) -> Option<String> {
    let Value::Map(map) = value else { return None };
    match map.iter().next()? {
        ("Ref", Value::Text(id)) => Some(format!("${{{id}}}")),
        ("Fn::GetAtt", Value::List(path)) => match path.as_slice() {
            [Value::Text(id), Value::Text(attribute)] => Some(format!("${{{id}.{attribute}}}")),
            _ => None,
        },
        ("Fn::Sub", Value::Text(text)) => Some(text.clone()),
        _ => None,
    }
}

/// `Fn::ImportValue`: what another stack exports.
pub(super) fn import(export: &str) -> Value {
    Map::new().with("Fn::ImportValue", export).into()
}

/// `Fn::If`: one value or the other, by a condition of the template.
pub(super) fn either(condition: &str, yes: impl Into<Value>, no: impl Into<Value>) -> Value {
    Map::new().with("Fn::If", [condition.into(), yes.into(), no.into()]).into()
}

/// A value under a condition; without it the property is absent.
pub(super) fn only_if(condition: &str, value: impl Into<Value>) -> Value {
    either(condition, value, reference("AWS::NoValue"))
}
