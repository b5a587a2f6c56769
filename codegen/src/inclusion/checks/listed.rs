//! Values that a schema lists, as far as the constraints beside them let them be.

use serde_json::{Map, Value};

use crate::model::{Bound, NumberRules, Scalar, ScalarKind, TextFormat, TextRules};
use crate::values::{takes_number, takes_text};

/// Keywords whose say on listed values is known, so that they need no comparison of their own.
pub(crate) fn is_settled(key: &str) -> bool {
    super::OF_SCALARS.contains(&key) && key != "format"
}

/// Whether one of two schemas lists values.
pub(crate) fn lists(old: &Map<String, Value>, new: &Map<String, Value>) -> bool {
    [old, new].iter().any(|map| map.contains_key("enum") || map.contains_key("const"))
}

/// The values that `enum` and `const` list and that the constraints beside them take; none where nothing is listed.
pub(crate) fn values(schema: &Map<String, Value>) -> Option<Vec<Value>> {
    let all = match (schema.get("enum").and_then(Value::as_array), schema.get("const")) {
        (None, None) => return None,
        (Some(all), None) => all.clone(),
        (None, Some(one)) => vec![one.clone()],
        (Some(all), Some(one)) => all.iter().filter(|each| *each == one).cloned().collect(),
    };
    Some(all.into_iter().filter(|one| takes(schema, one)).collect())
}

/// Whether the constraints of a schema on scalars take a value.
pub(crate) fn takes(schema: &Map<String, Value>, value: &Value) -> bool {
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
            let bound = |key: &str, exclusive_key: &str| {
                let bound = |key: &str, exclusive| {
                    let value = schema.get(key).filter(|value| value.is_number())?.to_string();
                    Some(Bound { value, exclusive })
                };
                [bound(key, false), bound(exclusive_key, true)]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
            };
            let lows =
                bound("minimum", "exclusiveMinimum").into_iter().map(|low| (Some(low), None));
            let highs =
                bound("maximum", "exclusiveMaximum").into_iter().map(|high| (None, Some(high)));
            let step = schema.get("multipleOf").filter(|step| step.is_number());
            let multiple_of = step.map(ToString::to_string);
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
