//! Random values near the bounds of a schema. Whether one fits is for the judge to say.

use serde_json::{Map, Value, json};

use crate::mutation::Dice;

/// Property names that no schema names.
const STRANGERS: [&str; 4] = ["x0", "y0", "x1", "y1"];

fn chance(dice: &mut Dice, of: usize) -> bool {
    dice.below(of) == 0
}

/// A value that a schema may take.
pub(crate) fn of(dice: &mut Dice, schema: &Value) -> Value {
    let Value::Object(map) = schema else { return anything(dice) };
    if chance(dice, 25) {
        return anything(dice);
    }
    if let Some(one) = map.get("const") {
        return one.clone();
    }
    if let Some(Value::Array(values)) = map.get("enum") {
        return values[dice.below(values.len())].clone();
    }
    let mut value = base(dice, map);
    for key in ["anyOf", "oneOf"] {
        if let Some(Value::Array(members)) = map.get(key) {
            let at = dice.below(members.len());
            let part = of(dice, &members[at]);
            value = merged(value, part);
        }
    }
    for part in map.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        let part = of(dice, part);
        value = merged(value, part);
    }
    for key in ["if", "then", "else"] {
        if let Some(part) = map.get(key).filter(|_| chance(dice, 2)) {
            let part = of(dice, part);
            value = merged(value, part);
        }
    }
    value
}

/// A schema as senders fill it: where it names no property of an object, they send none that readers know. It takes the
/// same values.
pub(crate) fn as_sent(schema: &Value) -> Value {
    match schema {
        Value::Object(map) => {
            let mut filled: Map<String, Value> =
                map.iter().map(|(key, one)| (key.clone(), as_sent(one))).collect();
            if map.get("type") == Some(&json!("object")) && names_nothing(map) {
                filled.insert("properties".to_owned(), json!({}));
            }
            Value::Object(filled)
        }
        Value::Array(items) => items.iter().map(as_sent).collect(),
        other => other.clone(),
    }
}

/// Whether an object names no property and says nothing of others.
fn names_nothing(map: &Map<String, Value>) -> bool {
    ["properties", "required", "additionalProperties", "unevaluatedProperties"]
        .iter()
        .all(|key| !map.contains_key(*key))
}

/// Both objects in one; else the other.
fn merged(one: Value, other: Value) -> Value {
    match (one, other) {
        (Value::Object(mut one), Value::Object(other)) => {
            one.extend(other);
            Value::Object(one)
        }
        (Value::Object(one), Value::Null) => Value::Object(one),
        (_, other) => other,
    }
}

fn base(dice: &mut Dice, map: &Map<String, Value>) -> Value {
    let kind = match map.get("type") {
        Some(Value::Array(names)) => names[dice.below(names.len())].as_str(),
        Some(name) => name.as_str(),
        None if map.contains_key("properties") || map.contains_key("required") => Some("object"),
        None => None,
    };
    match kind {
        Some("null") => Value::Null,
        Some("boolean") => json!(chance(dice, 2)),
        Some("string") => text(dice, map),
        Some("integer") => json!(number(dice, map).floor() as i64),
        Some("number") => json!(number(dice, map)),
        Some("array") => list(dice, map),
        Some("object") => object(dice, map),
        _ => anything(dice),
    }
}

fn anything(dice: &mut Dice) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!(""),
        json!("a"),
        json!("ab"),
        json!("abcdefg"),
        json!("7"),
        json!(0),
        json!(3),
        json!(-2),
        json!(1.5),
        json!(40),
        json!([]),
        json!(["a", "a"]),
        json!([1]),
        json!({}),
        json!({"x0": 1}),
    ];
    values[dice.below(values.len())].clone()
}

fn near(dice: &mut Dice, map: &Map<String, Value>, keys: &[&str], otherwise: f64) -> f64 {
    let bounds: Vec<f64> = keys.iter().filter_map(|key| map.get(*key)?.as_f64()).collect();
    let steps = [-1.0, -0.5, 0.0, 0.0, 0.0, 0.5, 1.0, 2.0];
    let from = if bounds.is_empty() { otherwise } else { bounds[dice.below(bounds.len())] };
    from + steps[dice.below(steps.len())]
}

fn number(dice: &mut Dice, map: &Map<String, Value>) -> f64 {
    let keys = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];
    let otherwise = dice.below(33) as f64 / 2.0 - 6.0;
    if chance(dice, 2) { otherwise } else { near(dice, map, &keys, otherwise) }
}

fn count(dice: &mut Dice, map: &Map<String, Value>, keys: &[&str]) -> usize {
    let otherwise = dice.below(7) as f64;
    let number = if chance(dice, 2) { otherwise } else { near(dice, map, keys, otherwise) };
    number.clamp(0.0, 8.0) as usize
}

fn text(dice: &mut Dice, map: &Map<String, Value>) -> Value {
    let length = count(dice, map, &["minLength", "maxLength"]);
    let signs = match map.get("pattern").and_then(Value::as_str) {
        Some("^[0-9]+$") => "0123",
        Some("^[a-c]*$") => "abc",
        _ if chance(dice, 2) => "abc",
        _ => "abz19",
    };
    let signs: Vec<char> = signs.chars().collect();
    let mut text: Vec<char> = (0..length).map(|_| signs[dice.below(signs.len())]).collect();
    if let (Some(first), Some("^a")) =
        (text.first_mut(), map.get("pattern").and_then(Value::as_str))
    {
        *first = 'a';
    }
    if let (Some(last), Some("b$")) = (text.last_mut(), map.get("pattern").and_then(Value::as_str))
    {
        *last = 'b';
    }
    json!(text.into_iter().collect::<String>())
}

fn list(dice: &mut Dice, map: &Map<String, Value>) -> Value {
    let length = count(dice, map, &["minItems", "maxItems"]);
    let first = map.get("prefixItems").and_then(Value::as_array);
    let rest = map.get("items").unwrap_or(&Value::Bool(true));
    let mut items: Vec<Value> = (0..length)
        .map(|at| of(dice, first.and_then(|first| first.get(at)).unwrap_or(rest)))
        .collect();
    if let Some(wanted) = map.get("contains").filter(|_| !items.is_empty() && chance(dice, 2)) {
        let at = dice.below(items.len());
        items[at] = of(dice, wanted);
    }
    if items.len() > 1 && chance(dice, 4) {
        items[1] = items[0].clone();
    }
    json!(items)
}

fn object(dice: &mut Dice, map: &Map<String, Value>) -> Value {
    let mut made = Map::new();
    let required = map.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let all = chance(dice, 6);
    for (name, one) in map.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let is_wanted = required.contains(&json!(name)) && !chance(dice, 30);
        if is_wanted || all || chance(dice, 2) {
            made.insert(name.clone(), of(dice, one));
        }
    }
    for name in required.iter().filter_map(Value::as_str) {
        if !made.contains_key(name) && !chance(dice, 30) {
            made.insert(name.to_owned(), anything(dice));
        }
    }
    // Where nothing is named, any name is as good as another.
    if names_nothing(map) && chance(dice, 2) {
        for name in ["a", "b", "c"].iter().take(1 + dice.below(3)) {
            made.insert((*name).to_owned(), anything(dice));
        }
    }
    let others = map.get("additionalProperties").or(map.get("unevaluatedProperties"));
    if let Some(others @ Value::Object(_)) = others.filter(|_| chance(dice, 3)) {
        let name = ["a", "b", "c"][dice.below(3)];
        if !made.contains_key(name) {
            made.insert(name.to_owned(), of(dice, others));
        }
    }
    if chance(dice, 3) {
        let patterns = map.get("patternProperties").and_then(|all| all.get("^x"));
        let others = map.get("additionalProperties").unwrap_or(&Value::Bool(true));
        for name in STRANGERS.iter().take(1 + dice.below(4)) {
            let schema = patterns.filter(|_| name.starts_with('x')).unwrap_or(others);
            made.insert((*name).to_owned(), of(dice, schema));
        }
    }
    Value::Object(made)
}
