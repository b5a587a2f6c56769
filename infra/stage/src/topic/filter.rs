//! Filter policies of subscriptions: which SNS takes, and which messages match one.
//!
//! Pure. A policy is an event pattern within limits of its own. **Source**: Amazon SNS Developer Guide, "Filter policy
//! constraints" and "Key matching".

use serde_json::{Map, Number, Value};

use super::Notification;
use crate::bus::{Pattern, is_or};

/// Keys of a policy at most; nested ones do not count.
const MAX_KEYS: usize = 5;

/// The combinations of values that a policy may make.
const MAX_COMBINATIONS: u64 = 150;

/// Digits after the point of a number that are compared.
const N_DIGITS: usize = 5;

/// A filter policy with its scope.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    pattern: Pattern,
    is_of_body: bool,
}

impl Filter {
    /// Reads a policy over the attributes of messages, or over their bodies. An empty one filters nothing.
    ///
    /// # Errors
    /// What SNS refuses of it, as the end of a sentence about the policy.
    pub(crate) fn read(mut policy: Value, is_of_body: bool) -> Result<Option<Self>, String> {
        let Some(keys) = policy.as_object() else { return Err("must be an object".to_owned()) };
        if keys.is_empty() {
            return Ok(None);
        }
        if keys.len() > MAX_KEYS {
            return Err(format!("has {} keys; SNS allows {MAX_KEYS}", keys.len()));
        }
        if !is_of_body && is_nested(keys) {
            return Err(
                "is nested, which only `FilterPolicyScope: MessageBody` supports".to_owned()
            );
        }
        let n_combinations = combinations(keys, 1, 1);
        if n_combinations > MAX_COMBINATIONS {
            return Err(format!(
                "is too complex: its values make {n_combinations} combinations; SNS allows {MAX_COMBINATIONS}"
            ));
        }
        if let Some(operator) = foreign_operator(keys) {
            return Err(format!("has {operator}, an operator of EventBridge that SNS refuses"));
        }
        shorten_numbers(&mut policy);
        let pattern =
            Pattern::of(&policy).map_err(|error| format!("is not valid: {}", error.reason))?;
        Ok(Some(Self { pattern, is_of_body }))
    }

    /// Whether a message matches.
    pub(super) fn matches(&self, message: &Notification) -> bool {
        let mut values = if self.is_of_body {
            serde_json::from_str(&message.text).unwrap_or_default()
        } else {
            message.attribute_values()
        };
        // A body that is no object matches no filter; nor does one without a key, which has none to be absent beside.
        if values.as_object().is_none_or(Map::is_empty) {
            return false;
        }
        shorten_numbers(&mut values);
        self.pattern.matches(&values)
    }
}

/// The alternatives of an `$or`.
fn alternatives<'p>(name: &str, values: &'p [Value]) -> Option<Vec<&'p Map<String, Value>>> {
    (name == "$or" && is_or(values)).then(|| values.iter().filter_map(Value::as_object).collect())
}

fn is_nested(keys: &Map<String, Value>) -> bool {
    keys.iter().any(|(name, value)| match value {
        Value::Object(_) => true,
        Value::Array(values) => {
            alternatives(name, values).is_some_and(|all| all.into_iter().any(is_nested))
        }
        _ => false,
    })
}

/// An operator of event patterns that filter policies do not have.
fn foreign_operator(keys: &Map<String, Value>) -> Option<String> {
    keys.iter().find_map(|(name, value)| match value {
        Value::Object(inner) => foreign_operator(inner),
        Value::Array(values) => match alternatives(name, values) {
            Some(all) => all.into_iter().find_map(foreign_operator),
            None => values.iter().filter_map(Value::as_object).find_map(|test| {
                let inside = test.get("anything-but").and_then(Value::as_object);
                let inside = inside.and_then(|one| one.keys().find(|name| *name != "prefix"));
                inside
                    .map(|inner| format!("`anything-but` with `{inner}`"))
                    .or_else(|| test.get("wildcard").map(|_| "`wildcard`".to_owned()))
            }),
        },
        _ => None,
    })
}

/// The product of the numbers of values, each times its depth; the alternatives of an `$or` are summed.
fn combinations(keys: &Map<String, Value>, depth: u64, around: u64) -> u64 {
    keys.iter().fold(around, |product, (name, value)| match value {
        Value::Object(inner) => combinations(inner, depth + 1, product),
        Value::Array(values) => match alternatives(name, values) {
            Some(all) => all
                .into_iter()
                .fold(0, |sum: u64, one| sum.saturating_add(combinations(one, depth, product))),
            None => product.saturating_mul(values.len() as u64).saturating_mul(depth),
        },
        _ => product,
    })
}

/// Takes away what is behind the digits that SNS compares.
fn shorten_numbers(value: &mut Value) {
    match value {
        Value::Object(fields) => fields.values_mut().for_each(shorten_numbers),
        Value::Array(items) => items.iter_mut().for_each(shorten_numbers),
        Value::Number(number) => {
            if let Some(short) = shortened(number) {
                *value = Value::Number(short);
            }
        }
        _ => {}
    }
}

/// A number with fewer digits, if it has too many. It is cut as text, since arithmetic would change other digits.
fn shortened(number: &Number) -> Option<Number> {
    let text = number.as_f64().filter(|_| number.is_f64())?.to_string();
    let end = text.find('.')? + 1 + N_DIGITS;
    Number::from_f64(text.get(..end)?.parse().ok()?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use serde_json::json;

    use super::*;
    use crate::queue::{Attribute, AttributeValue};

    fn values(n_values: usize) -> Vec<usize> {
        (0..n_values).collect()
    }

    #[test]
    fn policies_within_the_limits_are_taken() {
        let or = |n_spaces| {
            json!({ "source": [1, 2, 3], "$or": [
                { "metricName": values(6) },
                { "metricType": values(4), "$or": [{ "metricId": values(4) }, { "spaceId": values(n_spaces) }] },
            ] })
        };
        let deep = |n_values| json!({ "a": { "b": { "c": values(4) } }, "d": { "e": values(3) }, "f": values(n_values) });
        for (policy, is_of_body, fault) in [
            (json!({ "k": values(150) }), false, None),
            (json!({ "k": values(151) }), false, Some("makes 151 combinations")),
            (json!({ "k": values(100), "l": values(51) }), false, Some("makes 5100 combinations")),
            (or(7), false, None),
            (or(8), false, Some("make 162 combinations")),
            (deep(2), true, None),
            (deep(3), true, Some("make 216 combinations")),
            (deep(2), false, Some("is nested")),
            (
                json!({ "a": [1], "b": [1], "c": [1], "d": [1], "e": { "f": [1], "g": [1] } }),
                true,
                None,
            ),
            (
                json!({ "a": [1], "b": [1], "c": [1], "d": [1], "e": [1], "f": [1] }),
                true,
                Some("has 6 keys"),
            ),
            (json!({ "$or": [{ "a": [1] }, { "b": { "c": [1] } }] }), false, Some("is nested")),
            (json!({ "a": "b" }), false, Some("must be an object or an array")),
            (json!({ "a": [{ "wrong": 1 }] }), false, Some("Unrecognized match type wrong at `a`")),
            (json!(["a"]), false, Some("must be an object")),
            (
                json!({ "a": [{ "anything-but": { "suffix": "x" } }] }),
                false,
                Some("has `anything-but` with `suffix`, an operator of EventBridge"),
            ),
            (json!({ "a": { "b": [{ "wildcard": "x*" }] } }), true, Some("has `wildcard`")),
            (
                json!({ "a": [{ "anything-but": { "prefix": "x" } }, { "suffix": "y" }] }),
                false,
                None,
            ),
            (json!({ "a": ["x".repeat(5_000)] }), false, None),
        ] {
            let read = Filter::read(policy.clone(), is_of_body);
            let told = read.err().unwrap_or_default();
            let fault = fault.map(|fault| fault.replace("makes", "make")).unwrap_or_default();
            assert_eq!(told.is_empty(), fault.is_empty(), "{policy}: {told}");
            assert!(told.contains(&fault), "{policy}: {told}");
        }
        assert_eq!(Filter::read(json!({}), false), Ok(None));
    }

    fn text(data_type: &str, text: &str) -> Attribute {
        let value = AttributeValue::Text(text.to_owned());
        Attribute { data_type: data_type.to_owned(), value }
    }

    #[test]
    fn attributes_are_compared_as_sns_does() {
        let binary = || Attribute {
            data_type: "Binary".to_owned(),
            value: AttributeValue::Binary(b"x".to_vec()),
        };
        for (policy, attributes, expected) in [
            (json!({ "k": [{ "exists": false }] }), vec![], false),
            (json!({ "k": [{ "exists": false }] }), vec![("j", text("String", "x"))], true),
            (json!({ "k": [{ "exists": false }] }), vec![("j", binary())], false),
            (json!({ "k": [{ "exists": true }] }), vec![("k", binary())], false),
            (json!({ "k": [100.123_456_789] }), vec![("k", text("Number", "100.1234567"))], true),
            (json!({ "k": [100.12346] }), vec![("k", text("Number", "100.12345678"))], false),
            (json!({ "k": [0.29] }), vec![("k", text("Number", "0.29"))], true),
            (json!({ "k": [5] }), vec![("k", text("Number", "+05.0"))], true),
            (
                json!({ "k": [100.123_456_789, 5] }),
                vec![("k", text("String.Array", "[100.1234567]"))],
                true,
            ),
            (json!({ "a.b": ["x"] }), vec![("a.b", text("String", "x"))], true),
        ] {
            let attributes = attributes.into_iter().map(|(name, one)| (name.to_owned(), one));
            let message =
                Notification { attributes: attributes.collect(), ..Notification::text("m") };
            let filter = Filter::read(policy.clone(), false).unwrap().unwrap();
            assert_eq!(filter.matches(&message), expected, "{policy} {message:?}");
        }
    }

    #[test]
    fn bodies_are_compared_as_sns_does() {
        for (policy, body, expected) in [
            (json!({ "k": [{ "exists": false }] }), "{}", false),
            (json!({ "k": [{ "exists": false }] }), r#"{"j":1}"#, true),
            (json!({ "k": [{ "exists": false }] }), "[]", false),
            (json!({ "k": [100.123_456_789] }), r#"{"k":100.1234567}"#, true),
            (json!({ "k": [0] }), r#"{"k":0.0000001}"#, true),
            (json!({ "k": [0.00001] }), r#"{"k":1.5e-5}"#, true),
            (json!({ "k": [{ "numeric": ["<", 1.000_001] }] }), r#"{"k":1.0000005}"#, false),
        ] {
            let filter = Filter::read(policy.clone(), true).unwrap().unwrap();
            assert_eq!(filter.matches(&Notification::text(body)), expected, "{policy} {body}");
        }
    }
}
