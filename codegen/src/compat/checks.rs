//! What a value is checked against beyond its type: the keywords that no type expresses.
//!
//! Owns which part of such a schema is looked at: what types express is compared by the walker, so it is left out here.
//! Where the rest is not what it was, [`order`] tells whether the whole takes more or less.

mod order;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::change::{Effect, Kind};
pub(crate) use order::{Schemas, order};

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

/// What became of the checks of a type: how the values changed that the whole schema takes, and the keywords of the
/// checks; none where they are what they were. A side whose type expresses all is taken for the other one without its
/// checks, since the walker compares the types.
pub(super) fn change(
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
    let kept = map.iter().filter(|(key, _)| OF_TYPES.contains(&key.as_str()));
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

/// The checks of a schema and of what it refers to, by name.
fn of(schemas: &BTreeMap<String, Value>, name: &str) -> BTreeMap<String, Value> {
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
