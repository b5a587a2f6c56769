//! What a value is checked against beyond its type: the keywords that no type expresses.
//!
//! Owns which part of such a schema is looked at: what types express is compared by the walker, so it is left out here.
//! Where the rest is not what it was, [`order`] tells whether the whole takes more or less.

mod listed;
mod normal;
mod order;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::change::{Effect, Kind};
pub(super) use listed::values as listed_values;
pub(crate) use order::{Schemas, order, order_by};

/// Keywords that types always express, or that say nothing of values.
const ALWAYS: [&str; 11] = [
    "$ref",
    "type",
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "$comment",
];

/// Keywords that the type of an object expresses.
const OF_OBJECTS: [&str; 3] = ["properties", "required", "additionalProperties"];

/// Keywords that the type of a scalar expresses, unless values are listed beside them.
const OF_SCALARS: [&str; 9] = [
    "format",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
];

/// Whether the type of a schema expresses one of its keywords; what stands below such a one is looked at for others.
fn is_of_type(schema: &Map<String, Value>, key: &str) -> bool {
    let has = |key: &str| schema.contains_key(key);
    match key {
        // No type has `null` alone.
        "type" => schema.get(key).is_some_and(|named| !is_null(named)),
        "items" => !has("prefixItems") && is_plain(schema),
        "enum" | "const" => (is_plain(schema) && is_listed(schema)) || lists_booleans(schema),
        "additionalProperties" if has("patternProperties") || has("$ref") => false,
        _ if OF_OBJECTS.contains(&key) => !requires_others(schema),
        _ if OF_SCALARS.contains(&key) => {
            is_plain(schema) && !has("enum") && !has("const") && !is_formed(schema, key)
        }
        _ => ALWAYS.contains(&key) || key.starts_with("x-"),
    }
}

/// Whether a schema has one type, and no alternatives beside it.
fn is_plain(schema: &Map<String, Value>) -> bool {
    let is_one = match schema.get("type") {
        Some(Value::Array(names)) => names.iter().filter(|name| **name != "null").count() == 1,
        other => other.is_some(),
    };
    is_one && !schema.contains_key("anyOf") && !schema.contains_key("oneOf")
}

/// Whether names of types are that of `null` alone.
fn is_null(named: &Value) -> bool {
    match named {
        Value::Array(names) => !names.is_empty() && names.iter().all(is_null),
        name => name == "null",
    }
}

/// Whether an enumeration has a type of its own: of texts, and of whole numbers. One without a value of its type has none.
fn is_listed(schema: &Map<String, Value>) -> bool {
    let values = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
    let mut values = values.chain(schema.get("const")).filter(|one| !one.is_null()).peekable();
    let names = |name: &str| match schema.get("type") {
        Some(Value::Array(names)) => names.iter().any(|one| one == name),
        one => one.is_some_and(|one| one == name),
    };
    let (texts, numbers) = (names("string"), names("integer") || names("number"));
    values.peek().is_some()
        && values.clone().all(|one| one.is_string() || one.is_i64())
        && values.any(|one| (texts && one.is_string()) || (numbers && one.is_i64()))
}

/// Whether an enumeration has both values of booleans, and no others but `null`.
fn lists_booleans(schema: &Map<String, Value>) -> bool {
    let values = schema.get("enum").and_then(Value::as_array);
    let values = values.filter(|_| !schema.contains_key("const"));
    values.is_some_and(|values| {
        [true, false].iter().all(|one| values.contains(&Value::Bool(*one)))
            && values.iter().all(|one| one.is_boolean() || one.is_null())
    })
}

/// Whether a schema asks a closed object for something that is not among its properties, which a type cannot express. Where the others
/// have a type, that is the property's too.
fn requires_others(schema: &Map<String, Value>) -> bool {
    let is_open = schema.get("additionalProperties").is_none_or(|others| {
        *others == Value::Bool(true)
            || (others.is_object() && !schema.contains_key("patternProperties"))
    });
    let named = |name: &str| schema.get("properties").is_some_and(|all| all.get(name).is_some());
    let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
    !is_open && required.filter_map(Value::as_str).any(|name| !named(name))
}

/// Whether a keyword on texts stands beside a format whose type has no place for it.
fn is_formed(schema: &Map<String, Value>, key: &str) -> bool {
    let format = schema.get("format").and_then(Value::as_str);
    let is_own = ["uuid", "date-time", "date", "decimal"].iter().any(|own| format == Some(own));
    is_own && ["pattern", "minLength", "maxLength"].contains(&key)
}

/// Keywords of which each value is a schema under a name.
const NAMED: [&str; 1] = ["properties"];

/// What became of the checks of a type: how the values changed that the whole schema takes, and the keywords of the
/// checks; none where they are what they were. A side whose type expresses all is taken for the other one without its
/// checks, since the walker compares the types.
pub(crate) fn change(
    old: (&Schemas, Option<&str>),
    new: (&Schemas, Option<&str>),
) -> Option<(Kind, String)> {
    let checks = |(schemas, name): (&Schemas, Option<&str>)| name.map(|name| of(schemas, name));
    let (before, after) = (checks(old), checks(new));
    let without = |schemas: &Schemas| -> Schemas {
        schemas.iter().map(|(name, schema)| (name.clone(), types_only(schema))).collect()
    };
    let root = |name: &str| json!({ "$ref": format!("#/$defs/{name}") });
    let effect = match (old.1, new.1) {
        (None, None) => return None,
        (Some(was), Some(is)) if before == after && was == is => return None,
        (Some(was), Some(is)) => order((old.0, &root(was)), (new.0, &root(is))),
        (None, Some(is)) => order((&without(new.0), &root(is)), (new.0, &root(is))),
        (Some(was), None) => order((old.0, &root(was)), (&without(old.0), &root(was))),
    };
    let kind = match effect {
        Effect::Neutral => return None,
        Effect::Narrows => Kind::ChecksNarrowed,
        Effect::Widens => Kind::ChecksWidened,
        Effect::Differs => Kind::ChecksChanged,
    };
    Some((kind, keywords(before.iter().chain(&after))))
}

/// A schema without what is checked beyond its type.
fn types_only(schema: &Value) -> Value {
    let Value::Object(map) = schema else { return schema.clone() };
    let kept = map.iter().filter(|(key, _)| is_of_type(map, key));
    let kept = kept.map(|(key, value)| {
        let part = match (NAMED.contains(&key.as_str()), value) {
            (true, Value::Object(named)) => {
                let named = named.iter().map(|(name, one)| (name.clone(), types_only(one)));
                Value::Object(named.collect())
            }
            _ if ["items", "additionalProperties"].contains(&key.as_str()) => types_only(value),
            _ => value.clone(),
        };
        (key.clone(), part)
    });
    Value::Object(kept.collect())
}

/// The checks of a schema and of what it refers to, by name. Of what no type leads to, they are all that is said.
fn of(schemas: &BTreeMap<String, Value>, name: &str) -> BTreeMap<String, Value> {
    let (mut open, mut seen) = (vec![(name, false)], BTreeMap::new());
    let mut parts = BTreeSet::new();
    while let Some((name, is_hidden)) = open.pop() {
        let Some(schema) = schemas.get(name) else { continue };
        match seen.insert(name, is_hidden) {
            Some(known) if known >= is_hidden => {
                seen.insert(name, known);
                continue;
            }
            _ => {}
        }
        parts_in(schema, false, &mut vec![], &mut parts);
        targets(schema, is_hidden, &mut open);
    }
    let checks = |(name, is_hidden): (&&str, &bool)| {
        let schema = schemas.get(*name)?;
        if *is_hidden {
            return Some(((*name).to_owned(), schema.clone()));
        }
        let mut found = checks(schema);
        // What a part says of other properties, the type of the whole may not express.
        let others = schema.get("additionalProperties").filter(|_| parts.contains(name));
        if let (Some(others), Value::Object(found)) = (others, &mut found) {
            found.insert("additionalProperties".to_owned(), others.clone());
        }
        (!is_empty(&found)).then(|| ((*name).to_owned(), found))
    };
    seen.iter().filter_map(checks).collect()
}

/// Keywords of which no type knows the schemas.
const HIDING: [&str; 11] = [
    "not",
    "if",
    "then",
    "else",
    "contains",
    "prefixItems",
    "patternProperties",
    "dependentSchemas",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// The definitions that a schema refers to, each with whether no type leads there.
fn targets<'a>(value: &'a Value, is_hidden: bool, out: &mut Vec<(&'a str, bool)>) {
    match value {
        Value::Object(map) => {
            out.extend(order::target(map).map(|name| (name, is_hidden)));
            let has = |key: &str| map.contains_key(key);
            for (key, value) in map {
                let hides = HIDING.contains(&key.as_str())
                    || (key == "items" && has("prefixItems"))
                    || (key == "additionalProperties" && has("patternProperties"));
                match value {
                    Value::Object(named) if NAMED.contains(&key.as_str()) => {
                        named.values().for_each(|one| targets(one, is_hidden, out));
                    }
                    _ => targets(value, is_hidden || hides, out),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|one| targets(one, is_hidden, out)),
        _ => {}
    }
}

/// The keywords that stand in checks, for a message.
fn keywords<'a>(all: impl Iterator<Item = &'a BTreeMap<String, Value>>) -> String {
    let mut names = BTreeSet::new();
    for value in all.flat_map(BTreeMap::values) {
        collect(value, &mut names);
    }
    let names: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

fn collect<'a>(value: &'a Value, names: &mut BTreeSet<&'a str>) {
    let Value::Object(map) = value else { return };
    for (key, value) in map {
        if NAMED.contains(&key.as_str()) && is_of_type(map, key) {
            value.as_object().into_iter().flat_map(Map::values).for_each(|one| collect(one, names));
        } else if is_of_type(map, key) {
            collect(value, names);
        } else {
            names.insert(key);
        }
    }
}

fn checks(schema: &Value) -> Value {
    let Value::Object(map) = schema else { return Value::Object(Map::new()) };
    let mut kept = Map::new();
    for (key, value) in map {
        let is_of_type = is_of_type(map, key);
        let part = if !is_of_type {
            value.clone()
        } else if NAMED.contains(&key.as_str()) {
            let named = value.as_object().into_iter().flatten();
            let named = named.map(|(name, one)| (name.clone(), checks(one)));
            Value::Object(named.filter(|(_, one)| !is_empty(one)).collect())
        } else {
            checks(value)
        };
        if !is_of_type || !is_empty(&part) {
            kept.insert(key.clone(), part);
        }
    }
    Value::Object(kept)
}

fn is_empty(value: &Value) -> bool {
    value.as_object().is_some_and(Map::is_empty)
}

/// The definitions that a schema refers to, and those of them that are only a part of a value's schema.
fn parts_in<'a>(
    value: &'a Value,
    is_part: bool,
    out: &mut Vec<&'a str>,
    parts: &mut BTreeSet<&'a str>,
) {
    match value {
        Value::Object(map) => {
            let target = order::target(map);
            out.extend(target);
            parts.extend(target.filter(|_| is_part || map.len() > 1));
            for (key, value) in map {
                parts_in(value, key == "allOf", out, parts);
            }
        }
        Value::Array(items) => {
            items.iter().for_each(|value| parts_in(value, is_part, out, parts));
        }
        _ => {}
    }
}

fn references<'a>(value: &'a Value, out: &mut Vec<&'a str>) {
    parts_in(value, false, out, &mut BTreeSet::new());
}
