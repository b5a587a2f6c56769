//! One condition of an event pattern within another: whether it matches nothing that the other does not.
//!
//! Owns what values and the matchers of EventBridge match. What it does not decide (`wildcard`, `cidr`) is within itself
//! only.

use serde_json::Value;

/// Whether everything that one condition matches is matched by another.
pub(super) fn is_within(one: &Value, other: &Value) -> bool {
    if one == other {
        return true;
    }
    let (Some(held), Some(asked)) = (Matcher::of(one), Matcher::of(other)) else { return false };
    match (held, asked) {
        (Matcher::Absent, _) => false,
        (_, Matcher::Present) => true,
        (Matcher::Value(value), asked) => asked.matches(value),
        (Matcher::Prefix(long), Matcher::Prefix(short)) => long.starts_with(short),
        (Matcher::Suffix(long), Matcher::Suffix(short)) => long.ends_with(short),
        (Matcher::Prefix(prefix), Matcher::AnythingBut(values)) => {
            let begins =
                |value: &Value| value.as_str().is_some_and(|text| text.starts_with(prefix));
            !values.iter().any(begins)
        }
        (Matcher::Suffix(suffix), Matcher::AnythingBut(values)) => {
            let ends = |value: &Value| value.as_str().is_some_and(|text| text.ends_with(suffix));
            !values.iter().any(ends)
        }
        (Matcher::AnythingBut(more), Matcher::AnythingBut(fewer)) => {
            fewer.iter().all(|value| more.iter().any(|other| is_same(other, value)))
        }
        (Matcher::Numeric(inner), Matcher::Numeric(outer)) => inner.is_within(&outer),
        (Matcher::Numeric(range), Matcher::AnythingBut(values)) => {
            !values.iter().filter_map(Value::as_f64).any(|value| range.has(value))
        }
        (Matcher::IgnoringCase(one), Matcher::IgnoringCase(other)) => {
            one.to_lowercase() == other.to_lowercase()
        }
        _ => false,
    }
}

/// A condition of which it is known what it matches.
pub(super) enum Matcher<'a> {
    Value(&'a Value),
    Prefix(&'a str),
    Suffix(&'a str),
    IgnoringCase(&'a str),
    AnythingBut(Vec<Value>),
    Numeric(Range),
    Present,
    Absent,
}

impl<'a> Matcher<'a> {
    pub(super) fn of(condition: &'a Value) -> Option<Self> {
        let Value::Object(map) = condition else { return Some(Self::Value(condition)) };
        let (name, value) = map.iter().next().filter(|_| map.len() == 1)?;
        match (name.as_str(), value) {
            ("prefix", Value::String(text)) => Some(Self::Prefix(text)),
            ("suffix", Value::String(text)) => Some(Self::Suffix(text)),
            ("equals-ignore-case", Value::String(text)) => Some(Self::IgnoringCase(text)),
            ("anything-but", Value::Array(values)) => Some(Self::AnythingBut(values.clone())),
            ("anything-but", Value::Object(_)) => None,
            ("anything-but", value) => Some(Self::AnythingBut(vec![value.clone()])),
            ("numeric", Value::Array(bounds)) => Range::of(bounds).map(Self::Numeric),
            ("exists", Value::Bool(true)) => Some(Self::Present),
            ("exists", Value::Bool(false)) => Some(Self::Absent),
            _ => None,
        }
    }

    pub(super) fn matches(&self, value: &Value) -> bool {
        let text = value.as_str();
        match self {
            Self::Value(own) => is_same(own, value),
            Self::Prefix(prefix) => text.is_some_and(|text| text.starts_with(prefix)),
            Self::Suffix(suffix) => text.is_some_and(|text| text.ends_with(suffix)),
            Self::IgnoringCase(own) => {
                text.is_some_and(|text| text.to_lowercase() == own.to_lowercase())
            }
            Self::AnythingBut(values) => !values.iter().any(|own| is_same(own, value)),
            Self::Numeric(range) => value.as_f64().is_some_and(|value| range.has(value)),
            Self::Present => true,
            Self::Absent => false,
        }
    }
}

/// Whether two values are one to EventBridge: numbers are, however they are written.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => one == other,
        _ => one == other,
    }
}

/// The numbers between two bounds, each with whether it belongs to them.
pub(super) struct Range {
    least: (f64, bool),
    most: (f64, bool),
}

impl Range {
    fn of(bounds: &[Value]) -> Option<Self> {
        let mut range = Self { least: (f64::NEG_INFINITY, true), most: (f64::INFINITY, true) };
        for pair in bounds.chunks(2) {
            let [Value::String(sign), value] = pair else { return None };
            let value = value.as_f64()?;
            match sign.as_str() {
                "=" => (range.least, range.most) = ((value, true), (value, true)),
                ">" => range.least = (value, false),
                ">=" => range.least = (value, true),
                "<" => range.most = (value, false),
                "<=" => range.most = (value, true),
                _ => return None,
            }
        }
        Some(range)
    }

    fn has(&self, value: f64) -> bool {
        let above = value > self.least.0 || (value == self.least.0 && self.least.1);
        above && (value < self.most.0 || (value == self.most.0 && self.most.1))
    }

    fn is_within(&self, outer: &Self) -> bool {
        let above = self.least.0 > outer.least.0
            || (self.least.0 == outer.least.0 && (outer.least.1 || !self.least.1));
        let below = self.most.0 < outer.most.0
            || (self.most.0 == outer.most.0 && (outer.most.1 || !self.most.1));
        above && below
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn conditions_are_within_others() {
        let within = [
            (json!("abc"), json!({"prefix": "ab"})),
            (json!({"prefix": "abc"}), json!({"prefix": "ab"})),
            (json!("abc"), json!({"suffix": "bc"})),
            (json!("ABC"), json!({"equals-ignore-case": "abc"})),
            (json!("a"), json!({"anything-but": ["b"]})),
            (json!({"anything-but": ["a", "b"]}), json!({"anything-but": "b"})),
            (json!({"prefix": "a"}), json!({"anything-but": ["b"]})),
            (json!(3), json!({"numeric": [">", 1, "<=", 3]})),
            (json!({"numeric": [">=", 1, "<", 3]}), json!({"numeric": [">=", 1, "<=", 3]})),
            (json!({"numeric": ["=", 3]}), json!({"numeric": [">", 2]})),
            (json!(3.0), json!({"anything-but": [2]})),
            (json!({"anything-but": "a"}), json!({"exists": true})),
        ];
        for (one, other) in within {
            assert!(is_within(&one, &other), "{one} is within {other}");
            assert!(!is_within(&other, &one), "{other} is not within {one}");
        }
        assert!(is_within(&json!(1), &json!(1.0)) && is_within(&json!(1.0), &json!(1)));
        let apart = [
            (json!(3.0), json!({"anything-but": [3]})),
            (json!({"wildcard": "a*"}), json!({"wildcard": "*"})),
            (json!({"exists": false}), json!({"exists": true})),
            (json!({"prefix": "ba"}), json!({"anything-but": ["bar"]})),
            (json!({"numeric": [">", 1]}), json!({"numeric": ["<", 1]})),
            (json!("3"), json!({"numeric": ["=", 3]})),
        ];
        for (one, other) in apart {
            assert!(!is_within(&one, &other) && !is_within(&other, &one), "{one}, {other}");
        }
    }
}
