//! Values that a schema lists, as far as the constraints beside them let them be.

use serde_json::{Map, Value};

use crate::model::{Bound, NumberRules, Scalar, ScalarKind, TextFormat, TextRules};
use crate::values::{takes_number, takes_text};

/// Keywords whose say on listed values is known, so that they need no comparison of their own.
pub(crate) fn is_settled(key: &str) -> bool {
    key == "type" || (super::OF_SCALARS.contains(&key) && key != "format")
}

/// Whether one of two schemas lists values.
pub(crate) fn lists(old: &Map<String, Value>, new: &Map<String, Value>) -> bool {
    [old, new].iter().any(|map| all(map).is_some())
}

/// The values that `enum` and `const` list and that the constraints beside them take, those of booleans, and `null`; none
/// where there may be others.
pub(crate) fn values(schema: &Map<String, Value>) -> Option<Vec<Value>> {
    Some(all(schema)?.into_iter().filter(|one| takes(schema, one)).collect())
}

/// The same without a look at the constraints.
fn all(schema: &Map<String, Value>) -> Option<Vec<Value>> {
    Some(match (schema.get("enum").and_then(Value::as_array), schema.get("const")) {
        (None, None) => {
            let of_type = |name: &Value| match name.as_str() {
                Some("boolean") => Some(vec![true.into(), false.into()]),
                Some("null") => Some(vec![Value::Null]),
                _ => None,
            };
            let values: Option<Vec<_>> = match schema.get("type")? {
                Value::Array(names) => names.iter().map(of_type).collect(),
                name => of_type(name).map(|values| vec![values]),
            };
            values?.concat()
        }
        (Some(all), None) => all.clone(),
        (None, Some(one)) => vec![one.clone()],
        (Some(all), Some(one)) => all.iter().filter(|each| *each == one).cloned().collect(),
    })
}

/// Whether a value is of the type of a schema.
fn is_of_type(schema: &Map<String, Value>, value: &Value) -> bool {
    let is = |name: &Value| match (name.as_str().unwrap_or_default(), value) {
        ("string", Value::String(_)) | ("null", Value::Null) | ("boolean", Value::Bool(_)) => true,
        ("object", Value::Object(_)) | ("array", Value::Array(_)) => true,
        ("number", Value::Number(_)) => true,
        ("integer", Value::Number(number)) => {
            let (text, rules) = (TextRules::default(), NumberRules::default());
            takes_number(
                &Scalar { kind: ScalarKind::Integer, text, number: rules },
                &number.to_string(),
            )
        }
        _ => false,
    };
    match schema.get("type") {
        None => true,
        Some(Value::Array(names)) => names.iter().any(is),
        Some(name) => is(name),
    }
}

/// Whether the type of a schema and its constraints on scalars take a value.
pub(crate) fn takes(schema: &Map<String, Value>, value: &Value) -> bool {
    if !is_of_type(schema, value) {
        return false;
    }
    let text = |key: &str| schema.get(key).and_then(Value::as_str);
    match value {
        Value::String(found) => {
            let count = |key: &str| schema.get(key).and_then(Value::as_u64);
            let rules = TextRules {
                min_length: count("minLength"),
                max_length: count("maxLength"),
                pattern: text("pattern").map(str::to_owned),
                format: text("format").and_then(TextFormat::named),
            };
            let kind = ScalarKind::String;
            takes_text(&Scalar { kind, text: rules, number: NumberRules::default() }, found)
        }
        Value::Number(number) => {
            // A number whose digits a reader of JSON would lose is a text here.
            let digits = |key: &str| match schema.get(key)? {
                Value::String(text) => Some(text.clone()),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            };
            let bound = |key: &str, exclusive_key: &str| {
                let bound = |key: &str, exclusive| Some(Bound { value: digits(key)?, exclusive });
                [bound(key, false), bound(exclusive_key, true)]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
            };
            let lows =
                bound("minimum", "exclusiveMinimum").into_iter().map(|low| (Some(low), None));
            let highs =
                bound("maximum", "exclusiveMaximum").into_iter().map(|high| (None, Some(high)));
            let multiple_of = digits("multipleOf");
            lows.chain(highs).chain([(None, None)]).all(|(minimum, maximum)| {
                let number_rules = NumberRules {
                    minimum,
                    maximum,
                    multiple_of: multiple_of.clone(),
                    one_of: vec![],
                };
                let (kind, text) = (ScalarKind::Decimal, TextRules::default());
                takes_number(&Scalar { kind, text, number: number_rules }, &number.to_string())
            })
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_that_are_written_as_text_count() {
        let takes =
            |schema: Value, value: Value| schema.as_object().is_some_and(|map| takes(map, &value));
        let bounded = json!({"type": "number", "minimum": "0.10"});
        assert!(!takes(bounded.clone(), json!(0.05)) && takes(bounded, json!(0.5)));
        let stepped = json!({"type": "number", "multipleOf": "0.10"});
        assert!(!takes(stepped.clone(), json!(0.05)) && takes(stepped, json!(0.5)));
    }
}
