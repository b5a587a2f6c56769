//! What a value is checked against beyond its type: the keywords that no type expresses.
//!
//! Owns which part of such a schema is looked at. What types express is compared by the walker, so it is left out here;
//! the rest is compared as it is written, since nobody can tell in general which of two such schemas takes more.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

/// Keywords that types express, or that say nothing of values; what stands below them is looked at for others.
const OF_TYPES: [&str; 24] = [
    "$ref",
    "type",
    "properties",
    "required",
    "items",
    "additionalProperties",
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "format",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "$comment",
];

/// Keywords of which each value is a schema under a name.
const NAMED: [&str; 1] = ["properties"];

/// The checks of a schema and of what it refers to, by name.
pub(super) fn of(schemas: &BTreeMap<String, Value>, name: &str) -> BTreeMap<String, Value> {
    let (mut open, mut seen, mut found) = (vec![name.to_owned()], BTreeSet::new(), BTreeMap::new());
    while let Some(name) = open.pop() {
        let Some(schema) = schemas.get(&name).filter(|_| seen.insert(name.clone())) else {
            continue;
        };
        references(schema, &mut open);
        let checks = checks(schema);
        if !is_empty(&checks) {
            found.insert(name, checks);
        }
    }
    found
}

/// The keywords that stand in checks, for a message.
pub(super) fn keywords<'a>(all: impl Iterator<Item = &'a BTreeMap<String, Value>>) -> String {
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
        if NAMED.contains(&key.as_str()) {
            value.as_object().into_iter().flat_map(Map::values).for_each(|one| collect(one, names));
        } else if OF_TYPES.contains(&key.as_str()) {
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
        let part = if NAMED.contains(&key.as_str()) {
            let named = value.as_object().into_iter().flatten();
            let named = named.map(|(name, one)| (name.clone(), checks(one)));
            Value::Object(named.filter(|(_, one)| !is_empty(one)).collect())
        } else if OF_TYPES.contains(&key.as_str()) {
            checks(value)
        } else {
            value.clone()
        };
        if !OF_TYPES.contains(&key.as_str()) || !is_empty(&part) {
            kept.insert(key.clone(), part);
        }
    }
    Value::Object(kept)
}

fn is_empty(value: &Value) -> bool {
    value.as_object().is_some_and(Map::is_empty)
}

fn references(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            let target = map.get("$ref").and_then(Value::as_str);
            out.extend(target.and_then(|to| to.strip_prefix("#/$defs/")).map(str::to_owned));
            map.values().for_each(|value| references(value, out));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, out)),
        _ => {}
    }
}
