//! Which values a JSON Schema takes, by the words of 2020-12: a judge that shares no code with the generator.

use serde_json::{Map, Value};

/// Whether a schema takes a value.
pub(super) fn fits(schema: &Value, value: &Value) -> bool {
    let keywords = match schema {
        Value::Bool(all) => return *all,
        Value::Object(keywords) => keywords,
        _ => panic!("{schema} is no schema"),
    };
    let each = keywords.iter().all(|(key, is)| keyword(key, is, keywords, value));
    each && condition(keywords, value)
}

fn condition(keywords: &Map<String, Value>, value: &Value) -> bool {
    let Some(asked) = keywords.get("if") else { return true };
    let branch = if fits(asked, value) { "then" } else { "else" };
    keywords.get(branch).is_none_or(|schema| fits(schema, value))
}

fn keyword(key: &str, is: &Value, beside: &Map<String, Value>, value: &Value) -> bool {
    let list = |is: &Value| is.as_array().cloned().unwrap_or_default();
    match key {
        "type" => match is {
            Value::Array(names) => names.iter().any(|name| has_type(name, value)),
            name => has_type(name, value),
        },
        "enum" => list(is).iter().any(|one| equal(one, value)),
        "const" => equal(is, value),
        "not" => !fits(is, value),
        "allOf" => list(is).iter().all(|one| fits(one, value)),
        "anyOf" => list(is).iter().any(|one| fits(one, value)),
        "oneOf" => list(is).iter().filter(|one| fits(one, value)).count() == 1,
        "if" | "then" | "else" | "minContains" | "maxContains" => true,
        _ => match value {
            Value::String(text) => of_text(key, is, text),
            Value::Number(number) => of_number(key, is, number.as_f64().unwrap()),
            Value::Array(items) => of_list(key, is, beside, items),
            Value::Object(map) => of_object(key, is, beside, map),
            _ => true,
        },
    }
}

fn has_type(name: &Value, value: &Value) -> bool {
    match name.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        other => panic!("{other} is no type"),
    }
}

fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        _ => one == other,
    }
}

fn of_text(key: &str, is: &Value, text: &str) -> bool {
    let length = text.chars().count() as u64;
    match key {
        "minLength" => length >= is.as_u64().unwrap(),
        "maxLength" => length <= is.as_u64().unwrap(),
        "pattern" => regex::Regex::new(is.as_str().unwrap()).unwrap().is_match(text),
        _ => true,
    }
}

fn of_number(key: &str, is: &Value, number: f64) -> bool {
    let bound = is.as_f64().unwrap_or_default();
    match key {
        "minimum" => number >= bound,
        "maximum" => number <= bound,
        "exclusiveMinimum" => number > bound,
        "exclusiveMaximum" => number < bound,
        "multipleOf" => (number / bound).fract() == 0.0,
        _ => true,
    }
}

fn of_list(key: &str, is: &Value, beside: &Map<String, Value>, items: &[Value]) -> bool {
    let first = beside.get("prefixItems").and_then(Value::as_array).map_or(0, Vec::len);
    match key {
        "minItems" => items.len() as u64 >= is.as_u64().unwrap(),
        "maxItems" => items.len() as u64 <= is.as_u64().unwrap(),
        "uniqueItems" => {
            let repeats = |at: usize| items[..at].iter().any(|one| equal(one, &items[at]));
            *is == Value::Bool(false) || !(0..items.len()).any(repeats)
        }
        "items" => items.iter().skip(first).all(|item| fits(is, item)),
        "prefixItems" => {
            is.as_array().unwrap().iter().zip(items).all(|(one, item)| fits(one, item))
        }
        "contains" => {
            let count = items.iter().filter(|item| fits(is, item)).count() as u64;
            let bound = |key: &str| beside.get(key).and_then(Value::as_u64);
            count >= bound("minContains").unwrap_or(1)
                && bound("maxContains").is_none_or(|most| count <= most)
        }
        _ => true,
    }
}

fn of_object(key: &str, is: &Value, beside: &Map<String, Value>, map: &Map<String, Value>) -> bool {
    let names = |list: &Value| -> Vec<String> {
        list.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    let matches = |pattern: &str, name: &str| regex::Regex::new(pattern).unwrap().is_match(name);
    let members = |key: &str| beside.get(key).and_then(Value::as_object);
    match key {
        "required" => names(is).iter().all(|name| map.contains_key(name)),
        "minProperties" => map.len() as u64 >= is.as_u64().unwrap(),
        "maxProperties" => map.len() as u64 <= is.as_u64().unwrap(),
        "properties" => is
            .as_object()
            .unwrap()
            .iter()
            .all(|(name, one)| map.get(name).is_none_or(|value| fits(one, value))),
        "patternProperties" => is.as_object().unwrap().iter().all(|(pattern, one)| {
            map.iter().all(|(name, value)| !matches(pattern, name) || fits(one, value))
        }),
        "additionalProperties" => map.iter().all(|(name, value)| {
            let is_named = members("properties").is_some_and(|named| named.contains_key(name));
            let patterns = members("patternProperties");
            let is_matched =
                patterns.is_some_and(|all| all.keys().any(|pattern| matches(pattern, name)));
            is_named || is_matched || fits(is, value)
        }),
        "propertyNames" => map.keys().all(|name| fits(is, &Value::String(name.clone()))),
        "dependentRequired" => is.as_object().unwrap().iter().all(|(name, wanted)| {
            !map.contains_key(name) || names(wanted).iter().all(|name| map.contains_key(name))
        }),
        _ => true,
    }
}
