//! Values that a JSON Schema allows, drawn by dice. For inputs of workflows: what it cannot draw (a pattern, a format
//! that it does not know) it says beforehand, and never guesses in silence.

mod numbers;

use std::cmp::Ordering;

use serde_json::{Map, Value, json};

use crate::dice::Dice;
use numbers::{integer, number};

/// The most of anything that a schema leaves open.
const OPEN_ENDED: u64 = 8;

/// The deepest that values are drawn.
const DEEPEST: usize = 12;

/// How many parts a prepared schema has at most; what goes beyond is merged when a value is drawn.
const MOST_PARTS: usize = 20_000;

/// Draws a value.
#[must_use]
pub(crate) fn draw(schema: &Value, dice: &mut Dice) -> Value {
    of(schema, dice, 0)
}

/// The same schema with nothing left to merge: parts of an `allOf` are one schema, and what stands beside alternatives is in
/// each of them.
#[must_use]
pub(crate) fn prepared(schema: Value) -> Value {
    let mut left = MOST_PARTS;
    without_parts(schema, &mut left)
}

fn without_parts(mut schema: Value, left: &mut usize) -> Value {
    // Of a schema that gives a value itself, that is drawn, not one of its parts'.
    let given = given(&schema, &mut Dice::new(0)).is_some();
    if given {
        return schema;
    }
    while let Some(Value::Array(all)) = schema.get("allOf") {
        let all = all.clone();
        schema = merged(&schema, "allOf", &all);
    }
    let Value::Object(map) = &mut schema else { return schema };
    for key in ["oneOf", "anyOf"] {
        let Some(Value::Array(all)) = map.get(key) else { continue };
        let n_parts = map.len().saturating_mul(all.len());
        if map.len() > 1 && n_parts <= *left {
            *left -= n_parts;
            let all = all.clone();
            let beside = Value::Object(std::mem::take(map));
            let merged = |one| merged(&beside, key, std::slice::from_ref(one));
            map.insert(key.to_owned(), all.iter().map(merged).collect());
        }
    }
    let children = map.iter_mut().flat_map(|(key, value)| match (key.as_str(), value) {
        ("properties", Value::Object(all)) => all.values_mut().collect(),
        ("oneOf" | "anyOf", Value::Array(all)) => all.iter_mut().collect(),
        ("items", one) => vec![one],
        _ => vec![],
    });
    for child in children {
        *child = without_parts(child.take(), left);
    }
    schema
}

/// What of a schema drawn values may violate; empty when nothing.
#[must_use]
pub(crate) fn doubts(schema: &Value) -> Vec<String> {
    let mut doubts = Vec::new();
    collect(schema, &mut doubts);
    doubts.sort_unstable();
    doubts.dedup();
    doubts
}

fn collect(schema: &Value, doubts: &mut Vec<String>) {
    const UNDRAWN: [&str; 9] = [
        "pattern",
        "not",
        "if",
        "dependentRequired",
        "patternProperties",
        "contains",
        "uniqueItems",
        "propertyNames",
        "minProperties",
    ];
    let Value::Object(map) = schema else { return };
    if ["enum", "const", "examples", "example"].iter().any(|key| map.contains_key(*key)) {
        return;
    }
    doubts
        .extend(UNDRAWN.iter().filter(|key| map.contains_key(**key)).map(|key| format!("`{key}`")));
    if let Some(format) = map.get("format").and_then(Value::as_str)
        && is_text(schema)
    {
        doubts.extend(of_format(schema, format));
    }
    for (key, value) in map {
        match (key.as_str(), value) {
            ("properties", Value::Object(all)) => {
                all.values().for_each(|one| collect(one, doubts));
            }
            ("oneOf" | "anyOf" | "allOf", Value::Array(all)) => {
                all.iter().for_each(|one| collect(one, doubts));
            }
            ("items", one) => collect(one, doubts),
            _ => {}
        }
    }
}

/// What texts of a format may violate.
fn of_format(schema: &Value, format: &str) -> Option<String> {
    let lengths: Option<Vec<u64>> = (0..32)
        .map(|seed| Some(text_of(schema, format, &mut Dice::new(seed))?.chars().count() as u64))
        .collect();
    let Some(lengths) = lengths else { return Some(format!("format `{format}`")) };
    let bounds = [
        ("minLength", lengths.iter().min().copied(), Ordering::Greater),
        ("maxLength", lengths.iter().max().copied(), Ordering::Less),
    ];
    bounds.into_iter().find_map(|(key, drawn, misses)| {
        let missed = schema[key].as_u64()?.cmp(&drawn?) == misses;
        missed.then(|| format!("`{key}` beside format `{format}`"))
    })
}

fn is_text(schema: &Value) -> bool {
    schema["type"] == "string"
}

fn of(schema: &Value, dice: &mut Dice, depth: usize) -> Value {
    if depth > DEEPEST {
        return Value::Null;
    }
    if let Some(given) = given(schema, dice) {
        return given;
    }
    for key in ["oneOf", "anyOf"] {
        if let Some(all) = schema[key].as_array().filter(|all| !all.is_empty()) {
            let chosen = &all[dice.below(all.len() as u64) as usize];
            return match schema.as_object().is_some_and(|beside| beside.len() > 1) {
                true => of(&merged(schema, key, std::slice::from_ref(chosen)), dice, depth + 1),
                false => of(chosen, dice, depth + 1),
            };
        }
    }
    if let Some(all) = schema["allOf"].as_array() {
        return of(&merged(schema, "allOf", all), dice, depth + 1);
    }
    match kind(schema, dice).as_str() {
        "object" => object(schema, dice, depth),
        "array" => array(schema, dice, depth),
        "integer" => integer(schema, dice),
        "number" => number(schema, dice),
        "boolean" => Value::Bool(dice.below(2) == 1),
        "null" => Value::Null,
        _ => string(schema, dice),
    }
}

/// A value that the schema itself gives.
fn given(schema: &Value, dice: &mut Dice) -> Option<Value> {
    if let Some(only) = schema.get("const") {
        return Some(only.clone());
    }
    for key in ["enum", "examples"] {
        if let Some(all) = schema[key].as_array().filter(|all| !all.is_empty()) {
            return Some(all[dice.below(all.len() as u64) as usize].clone());
        }
    }
    schema.get("example").cloned()
}

/// A schema without its `key` and others in one: the tighter bounds, and all properties. Of what cannot be merged, the last
/// one wins.
fn merged(schema: &Value, key: &str, all: &[Value]) -> Value {
    let mut out = schema.as_object().cloned().unwrap_or_default();
    out.remove(key);
    for (key, value) in all.iter().filter_map(Value::as_object).flatten() {
        match out.get_mut(key) {
            Some(mine) => both(key, mine, value),
            None => {
                out.insert(key.clone(), value.clone());
            }
        }
    }
    Value::Object(out)
}

/// Makes of a keyword's value what says as much as another one besides.
fn both(key: &str, mine: &mut Value, more: &Value) {
    let is_in =
        |own: &Value| own.as_f64().zip(more.as_f64()).map(|(own, more)| own.total_cmp(&more));
    let keeps = match key {
        "minimum" | "exclusiveMinimum" | "minLength" | "minItems" => Ordering::Greater,
        "maximum" | "exclusiveMaximum" | "maxLength" | "maxItems" => Ordering::Less,
        _ => Ordering::Equal,
    };
    match (mine, more) {
        (Value::Object(mine), Value::Object(more)) if key == "properties" => {
            for (name, property) in more {
                let all = mine.get(name).map(|own| merged(own, "", std::slice::from_ref(property)));
                mine.insert(name.clone(), all.unwrap_or_else(|| property.clone()));
            }
        }
        (Value::Array(mine), Value::Array(more)) if matches!(key, "required" | "allOf") => {
            mine.extend(more.iter().cloned());
        }
        (Value::Array(mine), Value::Array(more)) if key == "enum" => {
            mine.retain(|value| more.contains(value));
        }
        (mine, more) if key == "type" && mine == "integer" && more == "number" => {}
        (mine, _) if is_in(mine) == Some(keeps) => {}
        (mine, more) => *mine = more.clone(),
    }
}

fn kind(schema: &Value, dice: &mut Dice) -> String {
    match &schema["type"] {
        Value::String(kind) => kind.clone(),
        Value::Array(all) => {
            let kinds: Vec<_> =
                all.iter().filter_map(Value::as_str).filter(|one| *one != "null").collect();
            match kinds.len() as u64 {
                0 => "null".to_owned(),
                n => kinds[dice.below(n) as usize].to_owned(),
            }
        }
        _ if schema.get("properties").is_some() => "object".to_owned(),
        _ if schema.get("items").is_some() => "array".to_owned(),
        _ => "string".to_owned(),
    }
}

fn object(schema: &Value, dice: &mut Dice, depth: usize) -> Value {
    let required: Vec<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut out = Map::new();
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        // Throwing for those that are required too keeps a value when another becomes optional.
        let is_drawn = dice.below(2) == 1;
        if property["readOnly"] == true {
            continue;
        }
        if required.contains(&name.as_str()) || (is_drawn && depth < 3) {
            out.insert(name.clone(), of(property, dice, depth + 1));
        }
    }
    Value::Object(out)
}

fn array(schema: &Value, dice: &mut Dice, depth: usize) -> Value {
    let n_items = between(schema, "minItems", "maxItems", 1, dice);
    let anything = json!({});
    let items = schema.get("items").unwrap_or(&anything);
    Value::Array((0..n_items).map(|_| of(items, dice, depth + 1)).collect())
}

/// A number of things, from what the schema asks for at least to what it allows at most.
fn between(schema: &Value, least: &str, most: &str, usual: u64, dice: &mut Dice) -> u64 {
    let low = schema[least].as_u64();
    let high = schema[most].as_u64();
    let from = low.unwrap_or_else(|| usual.min(high.unwrap_or(usual)));
    let to = high.unwrap_or(from + OPEN_ENDED).min(from + OPEN_ENDED).max(from);
    from + dice.below(to - from + 1)
}

fn string(schema: &Value, dice: &mut Dice) -> Value {
    if let Some(text) = schema["format"].as_str().and_then(|format| text_of(schema, format, dice)) {
        return Value::String(text);
    }
    const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz";
    let n_chars = between(schema, "minLength", "maxLength", 6, dice);
    let letter = |_| char::from(LETTERS[dice.below(LETTERS.len() as u64) as usize]);
    Value::String((0..n_chars).map(letter).collect())
}

/// A text of a format; `None` for one that is not known.
fn text_of(schema: &Value, format: &str, dice: &mut Dice) -> Option<String> {
    let number = dice.throw();
    // As many digits as `maxLength` leaves room for beside the rest of the text.
    let digits = |n_around: u64| {
        let most = schema["maxLength"].as_u64().unwrap_or(u64::MAX);
        let n_digits = most.saturating_sub(n_around).clamp(1, 16) as usize;
        let mut digits = format!("{number:x}");
        digits.truncate(n_digits);
        digits
    };
    let day = 20_000 + (number % 1_000) as i64;
    let date = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(day)).ok()?;
    Some(match format {
        "uuid" => uuid::Builder::from_random_bytes(u128_of(number, dice.throw()).to_be_bytes())
            .into_uuid()
            .to_string(),
        "date" => date.to_string(),
        "date-time" => {
            format!("{date}T{:02}:{:02}:{:02}Z", number % 24, number % 60, number / 60 % 60)
        }
        "time" => format!("{:02}:{:02}:{:02}Z", number % 24, number % 60, number / 60 % 60),
        "email" => format!("user-{}@example.com", digits(17)),
        "hostname" => format!("host-{}.example.com", digits(17)),
        "uri" | "url" => format!("https://example.com/{}", digits(20)),
        "ipv4" => format!("192.0.2.{}", number % 254 + 1),
        "ipv6" => format!("2001:db8::{:x}", number % 65_535 + 1),
        // Cents, as money has them.
        "decimal" => format!("{}.{:02}", number / 100 % 1_000, number % 100),
        "password" | "byte" => format!("{:016x}", number),
        _ => return None,
    })
}

fn u128_of(high: u64, low: u64) -> u128 {
    u128::from(high) << 64 | u128::from(low)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn drawn(schema: Value) -> Vec<Value> {
        let schema = prepared(schema);
        (0..200).map(|seed| draw(&schema, &mut Dice::new(seed))).collect()
    }

    #[test]
    fn numbers_stay_in_their_bounds_and_steps() {
        for value in drawn(json!({"type": "integer", "minimum": 5, "maximum": 17, "multipleOf": 4}))
        {
            assert!([8, 12, 16].contains(&value.as_i64().unwrap_or_default()), "{value}");
        }
        for value in
            drawn(json!({"type": "number", "minimum": 0.01, "maximum": 2, "multipleOf": 0.01}))
        {
            let cents = value.as_f64().unwrap_or_default() * 100.0;
            assert!(
                (cents - cents.round()).abs() < 1e-9 && (1.0..=200.0).contains(&cents.round()),
                "{value}"
            );
        }
    }

    #[test]
    fn every_bound_holds() {
        let numbers = |schema: Value| -> Vec<f64> {
            let mut all: Vec<f64> = drawn(schema).iter().filter_map(Value::as_f64).collect();
            all.sort_by(f64::total_cmp);
            all.dedup();
            all
        };
        // Both of a kind, in either order of tightness, and fractions.
        let open = json!({"type": "integer", "minimum": 0, "exclusiveMinimum": 0, "maximum": 3, "exclusiveMaximum": 3});
        assert_eq!(numbers(open), [1.0, 2.0]);
        let wide = json!({"type": "integer", "minimum": 2, "exclusiveMinimum": -5, "maximum": 3, "exclusiveMaximum": 9});
        assert_eq!(numbers(wide), [2.0, 3.0]);
        let parts = json!({"type": "integer", "minimum": 0.5, "maximum": 2.5});
        assert_eq!(numbers(parts), [1.0, 2.0]);
        let parts = json!({"type": "integer", "exclusiveMinimum": 0.5, "exclusiveMaximum": 2.5});
        assert_eq!(numbers(parts), [1.0, 2.0]);
        let steps = json!({"type": "number", "minimum": 0, "exclusiveMinimum": 0, "maximum": 1, "exclusiveMaximum": 1, "multipleOf": 0.5});
        assert_eq!(numbers(steps), [0.5]);
        // Bounds that doubles hold inexactly, and room for less than a step.
        let open = json!({"type": "number", "minimum": 0.28, "exclusiveMinimum": 0.28, "exclusiveMaximum": 0.31});
        assert_eq!(numbers(open), [0.29, 0.3]);
        let open = json!({"type": "number", "exclusiveMinimum": 0.29, "exclusiveMaximum": 0.31, "multipleOf": 0.01});
        assert_eq!(numbers(open), [0.3]);
        let narrow =
            json!({"type": "number", "exclusiveMinimum": 0.001, "exclusiveMaximum": 0.004});
        assert_eq!(numbers(narrow), [0.002, 0.003]);
        assert_eq!(
            numbers(json!({"type": "number", "minimum": 0.1234, "maximum": 0.1234})),
            [0.1234]
        );
        let whole = json!({"type": "integer", "minimum": 1, "maximum": 10, "multipleOf": 2.5});
        assert_eq!(numbers(whole), [5.0, 10.0]);
        // The tighter one of an `allOf`, wherever it stands.
        let [loose, tight] =
            [json!({"minimum": 0, "maximum": 9}), json!({"minimum": 4, "maximum": 5})];
        for all in [json!([loose, tight]), json!([tight, loose])] {
            assert_eq!(numbers(json!({"type": "integer", "allOf": all})), [4.0, 5.0]);
        }
        let great = json!({"type": "integer", "minimum": i64::MAX, "maximum": i64::MAX});
        assert!(drawn(great).iter().all(|value| *value == i64::MAX));
        // The greatest `float` is an end as open as none.
        let float = json!({"type": "number", "minimum": 0, "maximum": 3.402_823_466_385_288_6e38});
        assert!(numbers(float).len() > 9);
    }

    #[test]
    fn an_example_of_the_whole_is_drawn_before_those_of_parts() {
        let schema = json!({"example": {"a": 1, "b": 2}, "allOf": [{"example": {"a": 1}}]});
        assert!(drawn(schema).iter().all(|value| *value == json!({"a": 1, "b": 2})));
    }

    #[test]
    fn what_stands_beside_a_choice_holds_too() {
        let schema = json!({
            "type": "object", "required": ["a"], "properties": {"a": {"type": "boolean"}},
            "oneOf": [{"required": ["b"], "properties": {"b": {"const": 1}, "a": {"const": true}}}],
        });
        assert!(drawn(schema).iter().all(|value| *value == json!({"a": true, "b": 1})));
    }

    #[test]
    fn a_prepared_schema_has_nothing_to_merge() {
        let part = json!({"type": "object", "properties": {"a": {"allOf": [{"type": "integer"}, {"minimum": 3}]}}});
        let schema = json!({
            "allOf": [{"allOf": [part]}, {"required": ["a"]}],
            "oneOf": [{"required": ["b"], "properties": {"b": {"const": 1}}}, {"title": "nothing more"}],
        });
        let part = json!({"minimum": 3, "type": "integer"});
        let first = json!({"type": "object", "required": ["a", "b"], "properties": {"a": part, "b": {"const": 1}}});
        let second = json!({"type": "object", "required": ["a"], "properties": {"a": part}, "title": "nothing more"});
        assert_eq!(prepared(schema), json!({"oneOf": [first, second]}));
    }

    #[test]
    fn a_format_fits_the_length_or_that_is_said() {
        let schema = |most: u64| json!({"type": "string", "format": "email", "maxLength": most});
        let is_short = |value: &Value| value.as_str().is_some_and(|text| text.len() <= 24);
        assert!(drawn(schema(24)).iter().all(is_short) && doubts(&schema(24)).is_empty());
        assert_eq!(doubts(&schema(12)), ["`maxLength` beside format `email`"]);
        let long = json!({"type": "string", "format": "date", "minLength": 12});
        assert_eq!(doubts(&long), ["`minLength` beside format `date`"]);
    }

    #[test]
    fn decimals_are_digits() {
        for value in drawn(json!({"type": "string", "format": "decimal"})) {
            assert!(value.as_str().is_some_and(|text| text.parse::<f64>().is_ok()), "{value}");
        }
    }

    #[test]
    fn what_the_schema_gives_is_taken() {
        assert!(drawn(json!({"const": 7})).iter().all(|value| value == 7));
        let all = drawn(json!({"type": "string", "enum": ["a", "b"]}));
        assert!(
            all.contains(&json!("a"))
                && all.contains(&json!("b"))
                && all.iter().all(Value::is_string)
        );
        assert_eq!(drawn(json!({"type": "object", "example": {"x": 1}}))[0], json!({"x": 1}));
    }

    #[test]
    fn objects_have_what_is_required_and_nothing_read_only() {
        let schema = json!({
            "allOf": [
                {"type": "object", "required": ["a"], "properties": {"a": {"type": "string", "format": "uuid"}}},
                {"properties": {"b": {"type": "boolean"}, "id": {"type": "string", "readOnly": true}}},
            ]
        });
        let all = drawn(schema);
        assert!(
            all.iter().all(|value| value["a"]
                .as_str()
                .is_some_and(|id| id.parse::<uuid::Uuid>().is_ok()))
        );
        assert!(
            all.iter().any(|value| value.get("b").is_some())
                && all.iter().any(|value| value.get("b").is_none())
        );
        assert!(all.iter().all(|value| value.get("id").is_none()));
    }

    #[test]
    fn what_cannot_be_drawn_is_said() {
        let schema = json!({"type": "object", "properties": {
            "a": {"type": "string", "pattern": "^x"}, "b": {"type": "string", "format": "iban"},
            "c": {"type": "string", "pattern": "^y", "example": "y"}, "d": {"type": "integer", "format": "int32"},
        }});
        assert_eq!(doubts(&schema), ["`pattern`", "format `iban`"]);
    }

    proptest! {
        #[test]
        fn lengths_stay_in_their_bounds(seed: u64, least in 0_u64..20, more in 0_u64..20) {
            let schema = json!({"type": "array", "minItems": least, "maxItems": least + more,
                "items": {"type": "string", "minLength": least, "maxLength": least + more}});
            let value = draw(&schema, &mut Dice::new(seed));
            let bounds = least as usize..=(least + more) as usize;
            let items = value.as_array().cloned().unwrap_or_default();
            prop_assert!(bounds.contains(&items.len()));
            prop_assert!(items.iter().all(|item| bounds.contains(&item.as_str().map_or(0, str::len))));
            prop_assert_eq!(value, draw(&schema, &mut Dice::new(seed)));
        }
    }
}
