//! Event patterns: whether one lets through what the other does.
//!
//! Fields are conditions that must all hold; the values of a field are alternatives of which one must. `source`,
//! `detail-type` and the `$or` of both are left out: they follow from the messages, which are compared as such.

mod exact;
mod matcher;

pub(super) use exact::Payload;

use serde_json::{Map, Value};

use crate::model::EventRule;

/// What became of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Same,
    Narrowed,
    Widened,
    Different,
}

impl Change {
    /// Both at once.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Same, other) | (other, Self::Same) => other,
            (one, other) if one == other => one,
            _ => Self::Different,
        }
    }
}

/// How a pattern changed, of events with these payloads.
pub(super) fn compare(old: &Value, new: &Value, payloads: &[Payload<'_>]) -> Change {
    let strip = |pattern: &Value| {
        let mut fields = pattern.as_object().cloned().unwrap_or_default();
        fields.retain(|name, _| !EventRule::OF_MESSAGES.contains(&name.as_str()));
        fields
    };
    let (mut old, mut new) = (strip(old), strip(new));
    drop_shared(&mut old, &mut new);
    exact::compare(&old, &new, payloads).unwrap_or_else(|| compare_fields(&old, &new))
}

/// Leaves conditions out that both patterns have.
fn drop_shared(old: &mut Map<String, Value>, new: &mut Map<String, Value>) {
    old.retain(|name, was| match (was, new.get_mut(name)) {
        (Value::Object(was), Some(Value::Object(is))) => {
            drop_shared(was, is);
            let is_left = !was.is_empty() || !is.is_empty();
            if !is_left {
                new.remove(name);
            }
            is_left
        }
        (was, Some(is)) if was == is => {
            new.remove(name);
            false
        }
        _ => true,
    });
}

fn compare_fields(old: &Map<String, Value>, new: &Map<String, Value>) -> Change {
    let mut change = Change::Same;
    for (name, was) in old {
        change = change.and(match (new.get(name), was) {
            (None, _) => Change::Widened,
            (Some(Value::Array(is)), Value::Array(was)) if name == "$or" => {
                compare_lists(was, is, is_pattern_within)
            }
            (Some(is), _) => compare_conditions(was, is),
        });
    }
    let came = new.keys().any(|name| !old.contains_key(name));
    if came { change.and(Change::Narrowed) } else { change }
}

fn compare_conditions(old: &Value, new: &Value) -> Change {
    match (old, new) {
        (old, new) if old == new => Change::Same,
        (Value::Object(old), Value::Object(new)) => compare_fields(old, new),
        (Value::Array(old), Value::Array(new)) => compare_lists(old, new, matcher::is_within),
        _ => Change::Different,
    }
}

/// Alternatives, of which one must hold.
fn compare_lists(
    old: &[Value],
    new: &[Value],
    is_within: impl Fn(&Value, &Value) -> bool,
) -> Change {
    let covers = |all: &[Value], one: &Value| all.iter().any(|other| is_within(one, other));
    let gone = old.iter().any(|value| !covers(new, value));
    let came = new.iter().any(|value| !covers(old, value));
    match (gone, came) {
        (false, false) => Change::Same,
        (true, false) => Change::Narrowed,
        (false, true) => Change::Widened,
        (true, true) => Change::Different,
    }
}

/// Whether an alternative of `$or` lets through nothing that another one does not.
fn is_pattern_within(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            matches!(compare_fields(one, other), Change::Same | Change::Widened)
        }
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn tells_narrower_from_wider() {
        let old = json!({"source": ["a"], "detail": {"kind": ["x", "y"]}});
        let cases = [
            (json!({"source": ["b"], "detail": {"kind": ["y", "x"]}}), Change::Same),
            (json!({"detail": {"kind": ["x"]}}), Change::Narrowed),
            (json!({"detail": {"kind": ["x", "y", "z"]}}), Change::Widened),
            (json!({"detail": {"kind": ["x", "z"]}}), Change::Different),
            (json!({}), Change::Widened),
            (json!({"detail": {"kind": ["x", "y"], "size": [1]}}), Change::Narrowed),
            (json!({"detail": {"size": [1]}}), Change::Different),
            (json!({"detail": ["x"]}), Change::Different),
            (json!({"detail": {"kind": [{"prefix": ""}]}}), Change::Widened),
            (json!({"$or": [{"source": ["a"]}], "detail": {"kind": ["x", "y"]}}), Change::Same),
        ];
        for (new, expected) in cases {
            assert_eq!(compare(&old, &new, &[]), expected, "{new}");
        }
        let detail = |or: Value| json!({"detail": {"$or": or}});
        let one = detail(json!([{"a": [1]}, {"b": [{"exists": true}]}]));
        let cases = [
            (json!([{"b": [{"exists": true}]}, {"a": [1]}]), Change::Same),
            (json!([{"a": [1]}]), Change::Narrowed),
            (json!([{"a": [1]}, {"b": [2]}]), Change::Narrowed),
            (json!([{"a": [1, 2]}, {"b": [{"exists": true}]}]), Change::Widened),
        ];
        for (new, expected) in cases {
            assert_eq!(compare(&one, &detail(new.clone()), &[]), expected, "{new}");
        }
    }
}
