//! Random schemas, and one change of one of them.

use serde_json::{Map, Value, json};

use crate::mutation::Dice;

const NAMES: [&str; 4] = ["a", "b", "c", "d"];
pub(super) const PATTERNS: [&str; 4] = ["^a", "b$", "^[a-c]*$", "^[0-9]+$"];
/// Keywords whose number is a count.
const COUNTS: [&str; 6] =
    ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];
const WORDS: [&str; 7] = ["a", "b", "ab", "abc", "abcd", "12", "cab"];

fn chance(dice: &mut Dice, of: usize) -> bool {
    dice.below(of) == 0
}

fn pick(dice: &mut Dice, from: &[&str]) -> Value {
    json!(from[dice.below(from.len())])
}

/// A schema of some depth.
pub(crate) fn schema(dice: &mut Dice, depth: usize) -> Value {
    let kinds = if depth == 0 { 5 } else { 14 };
    let mut map = Map::new();
    let mut set = |key: &str, value: Value| drop(map.insert(key.to_owned(), value));
    match dice.below(kinds) {
        0 => {
            set("type", json!("string"));
            for _ in 0..dice.below(3) {
                let (key, value) = text_rule(dice);
                set(key, value);
            }
        }
        1 | 2 => {
            set("type", pick(dice, &["integer", "number"]));
            for _ in 0..dice.below(3) {
                let (key, value) = number_rule(dice);
                set(key, value);
            }
        }
        3 => set("type", pick(dice, &["boolean", "string"])),
        4 => return enumeration(dice),
        5 | 6 => return list(dice, depth),
        7..=9 => return object(dice, depth),
        10 if chance(dice, 3) => return typed_map(dice, depth),
        10 => return object(dice, depth),
        11 => {
            let union = pick(dice, &["anyOf", "oneOf"]);
            let members: Vec<Value> =
                (0..2 + dice.below(2)).map(|_| schema(dice, depth - 1)).collect();
            set(union.as_str().unwrap(), json!(members));
            if chance(dice, 4) {
                let (key, value) = text_rule(dice);
                set(key, value);
            }
        }
        12 => {
            let names = [["string", "null"], ["integer", "string"], ["object", "null"]];
            set("type", json!(names[dice.below(3)]));
            if chance(dice, 2) {
                let (key, value) = text_rule(dice);
                set(key, value);
            }
        }
        _ => {
            let (one, other) = (object(dice, 1), object(dice, 1));
            set("allOf", json!([one, other]));
        }
    }
    Value::Object(map)
}

fn enumeration(dice: &mut Dice) -> Value {
    let mut values: Vec<Value> = (0..2 + dice.below(3)).map(|_| pick(dice, &WORDS)).collect();
    values.sort_by_key(ToString::to_string);
    values.dedup();
    let mut made = json!({"type": "string", "enum": values});
    if chance(dice, 5) {
        made = match dice.below(3) {
            0 => json!({"type": "number", "enum": [1, 2.5, 100]}),
            1 => json!({"type": "number", "const": 2}),
            _ => json!({"type": "integer", "enum": [1, 2, 5]}),
        };
    } else if chance(dice, 3) {
        let (key, value) = text_rule(dice);
        made[key] = value;
    }
    made
}

fn list(dice: &mut Dice, depth: usize) -> Value {
    let mut made = json!({"type": "array", "items": schema(dice, depth - 1)});
    for _ in 0..dice.below(3) {
        let (key, value) = list_rule(dice);
        made[key] = value;
    }
    if chance(dice, 6) {
        made["prefixItems"] = json!([schema(dice, 0)]);
    }
    if chance(dice, 6) {
        made["contains"] = schema(dice, 0);
    }
    made
}

fn object(dice: &mut Dice, depth: usize) -> Value {
    let mut properties = Map::new();
    let mut required = vec![];
    for name in NAMES.iter().take(1 + dice.below(3)) {
        properties.insert((*name).to_owned(), schema(dice, depth.saturating_sub(1)));
        if chance(dice, 2) {
            required.push(*name);
        }
    }
    let mut made = json!({"type": "object", "properties": properties});
    if !required.is_empty() {
        made["required"] = json!(required);
    }
    if chance(dice, 3) {
        let (key, value) = object_rule(dice);
        made[key] = value;
    }
    made
}

/// An object whose properties are all of one type, some of which must be there.
fn typed_map(dice: &mut Dice, depth: usize) -> Value {
    let others = ["additionalProperties", "unevaluatedProperties"][usize::from(chance(dice, 3))];
    let mut made = json!({"type": "object", others: schema(dice, depth - 1)});
    if chance(dice, 6) {
        made[others] = json!(false);
    }
    if made[others] != json!(false) && chance(dice, 2) {
        made["required"] = json!([NAMES[dice.below(2)]]);
    }
    made
}

fn text_rule(dice: &mut Dice) -> (&'static str, Value) {
    match dice.below(3) {
        0 => ("minLength", json!(dice.below(3))),
        1 => ("maxLength", json!(2 + dice.below(4))),
        _ => ("pattern", pick(dice, &PATTERNS)),
    }
}

fn number_rule(dice: &mut Dice) -> (&'static str, Value) {
    match dice.below(5) {
        0 => ("minimum", json!(dice.below(3))),
        1 => ("maximum", json!(4 + dice.below(4))),
        2 => ("exclusiveMinimum", json!(dice.below(2))),
        3 => ("exclusiveMaximum", json!(6 + dice.below(4))),
        _ => ("multipleOf", json!(1 + dice.below(3))),
    }
}

fn list_rule(dice: &mut Dice) -> (&'static str, Value) {
    match dice.below(3) {
        0 => ("minItems", json!(dice.below(2))),
        1 => ("maxItems", json!(2 + dice.below(2))),
        _ => ("uniqueItems", json!(true)),
    }
}

fn object_rule(dice: &mut Dice) -> (&'static str, Value) {
    match dice.below(11) {
        9 => ("unevaluatedProperties", json!(false)),
        10 => ("unevaluatedProperties", schema(dice, 0)),
        0 => ("additionalProperties", json!(false)),
        1 => ("additionalProperties", json!({"not": {}})),
        2 => ("additionalProperties", schema(dice, 0)),
        3 => ("minProperties", json!(1)),
        4 => ("maxProperties", json!(2 + dice.below(3))),
        5 => ("dependentRequired", json!({"a": ["b"]})),
        6 => ("patternProperties", json!({"^x": schema(dice, 0)})),
        7 => ("not", json!({"required": [NAMES[dice.below(2)]]})),
        _ => {
            let (then, other) = (json!({"required": ["b"]}), schema(dice, 0));
            ("anyOf", json!([{"properties": {"a": other}}, then]))
        }
    }
}

/// A schema with one change at one of its places.
pub(crate) fn changed(dice: &mut Dice, old: &Value) -> Value {
    let mut new = old.clone();
    let mut places = vec![];
    collect(old, String::new(), &mut places);
    let place = &places[dice.below(places.len())];
    change(dice, new.pointer_mut(place).unwrap());
    new
}

/// Where schemas stand in a schema, as pointers.
fn collect(schema: &Value, at: String, out: &mut Vec<String>) {
    let Value::Object(map) = schema else { return };
    for (key, value) in map {
        match (key.as_str(), value) {
            ("properties" | "patternProperties", Value::Object(named)) => {
                for (name, one) in named {
                    collect(one, format!("{at}/{key}/{name}"), out);
                }
            }
            ("anyOf" | "oneOf" | "allOf" | "prefixItems", Value::Array(list)) => {
                for (index, one) in list.iter().enumerate() {
                    collect(one, format!("{at}/{key}/{index}"), out);
                }
            }
            (
                "items"
                | "additionalProperties"
                | "unevaluatedProperties"
                | "not"
                | "if"
                | "then"
                | "contains",
                one,
            ) => {
                collect(one, format!("{at}/{key}"), out);
            }
            _ => {}
        }
    }
    out.push(at);
}

/// Changes one keyword of a schema, or what the schema is.
fn change(dice: &mut Dice, schema: &mut Value) {
    let Value::Object(map) = schema else { return };
    let keys: Vec<String> = map.keys().cloned().collect();
    let Some(key) = keys.get(dice.below(keys.len())).cloned() else { return };
    let is_of = |map: &Map<String, Value>, name: &str| map.get("type") == Some(&json!(name));
    match dice.below(6) {
        0 if key != "type" => drop(map.remove(&key)),
        1 if map.contains_key("properties") => {
            let (key, value) = object_rule(dice);
            map.insert(key.to_owned(), value);
        }
        1 if is_of(map, "array") => {
            let (key, value) = list_rule(dice);
            map.insert(key.to_owned(), value);
        }
        1 | 2 if is_of(map, "integer") || is_of(map, "number") => {
            let (key, value) = number_rule(dice);
            map.insert(key.to_owned(), value);
        }
        1 | 2 if is_of(map, "string") => {
            let (key, value) = text_rule(dice);
            map.insert(key.to_owned(), value);
        }
        2 if map.contains_key("properties") => property(dice, map),
        1 | 2 if map.get("additionalProperties").is_some_and(Value::is_object) => {
            one_of_map(dice, map)
        }
        3 if map.contains_key("type") => {
            *schema = json!({"anyOf": [schema.clone(), self::schema(dice, 0)]});
        }
        _ => value_of(dice, map, &key),
    }
}

/// Asks for a property of a map or no longer does, or says of one what is said of all.
fn one_of_map(dice: &mut Dice, map: &mut Map<String, Value>) {
    let name = NAMES[dice.below(2)];
    if chance(dice, 2) {
        let of_all = map["additionalProperties"].clone();
        map.insert("properties".to_owned(), json!({name: of_all}));
    } else if map.remove("required").is_none() {
        map.insert("required".to_owned(), json!([name]));
    }
}

/// The same number in another form: `1.0` for `1`.
fn respelt(value: &Value) -> Value {
    match value.as_i64() {
        Some(whole) => json!(whole as f64),
        None => value.clone(),
    }
}

/// Adds a property, takes one away, or asks for one.
fn property(dice: &mut Dice, map: &mut Map<String, Value>) {
    let mut required: Vec<Value> =
        map.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let properties = map["properties"].as_object_mut().unwrap();
    let names: Vec<String> = properties.keys().cloned().collect();
    match dice.below(3) {
        0 => drop(properties.insert("e".to_owned(), schema(dice, 0))),
        1 if names.len() > 1 => {
            let gone = &names[dice.below(names.len())];
            properties.remove(gone);
            required.retain(|one| one != gone);
        }
        _ => {
            let name = json!(names[dice.below(names.len())]);
            match required.iter().position(|one| *one == name) {
                Some(at) => drop(required.remove(at)),
                None => required.push(name),
            }
        }
    }
    map.insert("required".to_owned(), json!(required));
}

/// Changes what a keyword says.
fn value_of(dice: &mut Dice, map: &mut Map<String, Value>, key: &str) {
    let new = match (key, &map[key]) {
        ("type", Value::String(name)) if chance(dice, 2) => {
            let more = ["string", "integer", "boolean", "null"][dice.below(4)];
            if more == name { json!([more]) } else { json!([name, more]) }
        }
        ("type", Value::String(_)) => pick(dice, &["string", "integer", "number", "boolean"]),
        ("pattern", _) => pick(dice, &PATTERNS),
        ("additionalProperties", Value::Bool(false)) => json!({"not": {}}),
        ("additionalProperties", Value::Object(not)) if not.contains_key("not") => json!(false),
        ("const", one) => respelt(one),
        ("enum", Value::Array(values)) if values[0].is_number() && chance(dice, 2) => {
            values.iter().map(respelt).collect()
        }
        ("enum", Value::Array(values)) => {
            let mut values = values.clone();
            if values.len() > 1 && chance(dice, 2) {
                values.remove(dice.below(values.len()));
            } else {
                values.push(if values[0].is_string() { json!("zz") } else { json!(7) });
            }
            json!(values)
        }
        ("anyOf" | "oneOf" | "allOf", Value::Array(members)) => {
            let mut members = members.clone();
            match dice.below(4) {
                0 if members.len() > 2 => drop(members.remove(dice.below(members.len()))),
                1 => members.rotate_left(1),
                2 => members.insert(0, schema(dice, 0)),
                _ => members.push(schema(dice, 0)),
            }
            json!(members)
        }
        (_, Value::Number(number)) => {
            let number = number.as_u64().unwrap();
            match dice.below(5) {
                0 if !COUNTS.contains(&key) => respelt(&json!(number)),
                0..3 => json!(number + 1),
                _ => json!(number.saturating_sub(1).max(u64::from(key == "multipleOf"))),
            }
        }
        (_, other) => other.clone(),
    };
    map.insert(key.to_owned(), new);
}
