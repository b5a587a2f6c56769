//! Owns event patterns: reading them once into a matcher of our own, and matching events against
//! it. It refuses patterns that are not sound, naming the fault and where it is.
//!
//! **Source**: Amazon EventBridge User Guide, "Event patterns" and "Comparison operators"; the
//! README of AWS's own matcher, Event Ruler, for arrays and `$or`.
//!
//! A pattern with `$or` is read into alternatives without one, each a tree of fields. Fields inside
//! an array of the event must be found in one and the same element, as on AWS.

mod compile;
mod strict;
mod test;
mod wildcard;

pub(crate) use compile::is_or;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::BTreeMap;
use test::Test;

/// A pattern, ready to match.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    /// One of these must match.
    alternatives: Vec<Object>,
}

/// Why a pattern is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Event pattern is not valid. Reason: {reason}")]
pub struct PatternError {
    /// The fault, with the field it is at.
    pub reason: String,
}

/// Fields that must all match.
#[derive(Debug, Clone, PartialEq, Default)]
struct Object {
    fields: BTreeMap<String, Field>,
}

/// What is asked of a field: of its value, of what is inside it, or both, where a name with dots leads through it.
#[derive(Debug, Clone, PartialEq, Default)]
struct Field {
    /// One of these must hold of the field's value, or of an element of it.
    leaf: Option<Vec<Test>>,
    /// The field's value must be an object, or hold one, that matches.
    inside: Option<Object>,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// **Errors**: text that is no JSON object, an operator that does not exist or is used wrongly,
    /// an empty object or array, a field named twice.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        compile::compile(text).map(|alternatives| Self { alternatives })
    }

    /// Reads a pattern of any length, as filters of other services may have it.
    ///
    /// **Errors**: as [`Pattern::parse`].
    pub(crate) fn of(pattern: &Value) -> Result<Self, PatternError> {
        compile::compile_value(pattern).map(|alternatives| Self { alternatives })
    }

    /// Whether the event matches.
    pub fn matches(&self, event: &Value) -> bool {
        self.matches_plain(&without_dots(event))
    }

    /// Whether an event matches in which no name has a dot.
    pub(super) fn matches_plain(&self, event: &Value) -> bool {
        self.alternatives.iter().any(|object| object.matches(Some(event)))
    }
}

/// The event with names that have dots taken apart: `{"a.b": 1}` is `{"a": {"b": 1}}`, as on AWS.
pub(super) fn without_dots(event: &Value) -> Cow<'_, Value> {
    if has_dots(event) { Cow::Owned(taken_apart(event)) } else { Cow::Borrowed(event) }
}

fn has_dots(value: &Value) -> bool {
    match value {
        Value::Object(fields) => {
            fields.iter().any(|(name, value)| name.contains('.') || has_dots(value))
        }
        Value::Array(items) => items.iter().any(has_dots),
        _ => false,
    }
}

fn taken_apart(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(taken_apart).collect(),
        Value::Object(fields) => {
            let mut all = Value::Object(Map::new());
            for (name, value) in fields {
                let nest =
                    |inner, name: &str| Value::Object(Map::from_iter([(name.to_owned(), inner)]));
                join(&mut all, name.rsplit('.').fold(taken_apart(value), nest));
            }
            all
        }
        other => other.clone(),
    }
}

/// Adds fields to those that are there; two values of one field are both its values.
fn join(value: &mut Value, other: Value) {
    match (value, other) {
        (Value::Object(fields), Value::Object(others)) => {
            for (name, other) in others {
                match fields.get_mut(&name) {
                    Some(field) => join(field, other),
                    None => {
                        fields.insert(name, other);
                    }
                }
            }
        }
        (Value::Array(items), other) => items.push(other),
        (value, other) => *value = Value::Array(vec![value.take(), other]),
    }
}

impl Object {
    fn matches(&self, value: Option<&Value>) -> bool {
        match value {
            Some(Value::Object(map)) => {
                self.fields.iter().all(|(name, field)| field.matches(map.get(name)))
            }
            // Values beside objects are not where a field could be.
            Some(Value::Array(items)) if items.iter().any(has_inside) => {
                let mut items = items.iter().filter(|item| has_inside(item));
                // Where all that is asked is that fields are absent, no element may have them.
                if self.asks_only_for_absence() {
                    items.all(|item| self.matches(Some(item)))
                } else {
                    items.any(|item| self.matches(Some(item)))
                }
            }
            // Nothing is inside what is no object.
            _ => self.fields.values().all(|field| field.matches(None)),
        }
    }

    fn asks_only_for_absence(&self) -> bool {
        self.fields.values().all(|field| {
            let mut tests = field.leaf.iter().flatten();
            tests.all(|test| *test == Test::Exists(false))
                && field.inside.as_ref().is_none_or(Self::asks_only_for_absence)
        })
    }
}

impl Field {
    fn matches(&self, value: Option<&Value>) -> bool {
        self.leaf.as_ref().is_none_or(|tests| {
            let is_present = value.is_some_and(has_leaf);
            tests.iter().any(|test| match (test, value) {
                (Test::Exists(wanted), _) => *wanted == is_present,
                (test, Some(value)) => any_leaf(value, test),
                (_, None) => false,
            })
        }) && self.inside.as_ref().is_none_or(|inside| inside.matches(value))
    }
}

/// Whether a field could be inside a value.
fn has_inside(value: &Value) -> bool {
    matches!(value, Value::Object(_) | Value::Array(_))
}

/// Whether there is any value in it that an operator could look at: objects and empty arrays hold
/// none.
fn has_leaf(value: &Value) -> bool {
    match value {
        Value::Object(_) => false,
        Value::Array(items) => items.iter().any(has_leaf),
        _ => true,
    }
}

fn any_leaf(value: &Value, test: &Test) -> bool {
    match value {
        Value::Object(_) => false,
        Value::Array(items) => items.iter().any(|item| any_leaf(item, test)),
        scalar => test.holds(scalar),
    }
}
