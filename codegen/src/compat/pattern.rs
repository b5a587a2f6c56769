//! Event patterns: whether one lets through what the other does.
//!
//! Fields are conditions that must all hold; the values of a field are alternatives of which one must. `source`
//! and `detail-type` are left out: they follow from the messages, which are compared as such.

use serde_json::{Map, Value};

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

/// How a pattern changed.
pub(super) fn compare(old: &Value, new: &Value) -> Change {
    let strip = |pattern: &Value| {
        let mut fields = pattern.as_object().cloned().unwrap_or_default();
        fields.retain(|name, _| name != "source" && name != "detail-type");
        fields
    };
    compare_fields(&strip(old), &strip(new))
}

fn compare_fields(old: &Map<String, Value>, new: &Map<String, Value>) -> Change {
    let mut change = Change::Same;
    for (name, was) in old {
        change = change.and(match new.get(name) {
            None => Change::Widened,
            Some(is) => compare_conditions(was, is),
        });
    }
    let came = new.keys().any(|name| !old.contains_key(name));
    if came { change.and(Change::Narrowed) } else { change }
}

fn compare_conditions(old: &Value, new: &Value) -> Change {
    match (old, new) {
        (old, new) if old == new => Change::Same,
        (Value::Object(old), Value::Object(new)) => compare_fields(old, new),
        // Also the alternatives of `$or`, which are patterns of their own.
        (Value::Array(old), Value::Array(new)) => {
            let gone = old.iter().any(|value| !new.contains(value));
            let came = new.iter().any(|value| !old.contains(value));
            match (gone, came) {
                (false, false) => Change::Same,
                (true, false) => Change::Narrowed,
                (false, true) => Change::Widened,
                (true, true) => Change::Different,
            }
        }
        _ => Change::Different,
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
        ];
        for (new, expected) in cases {
            assert_eq!(compare(&old, &new), expected, "{new}");
        }
    }
}
