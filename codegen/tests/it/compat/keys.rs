//! Every key of the extensions, of the bindings and of the defaults: that it comes, that it goes, and that its value
//! changes is told.
//!
//! The values stand in `tests/cases/compat/keys.yaml`. A key without an entry there fails the test, so that whoever adds one
//! decides what a change of it is.

use std::collections::{BTreeMap, BTreeSet};

use codegen::compat::compare;
use codegen::parse::keywords::{asyncapi, ours};
use codegen::parse::shape::{Form, Shape, Usage};
use serde_json::{Map, Value, json};

use super::golden::{patched, read, system, today};

/// A table of keys, as the file has it.
struct Table {
    shape: String,
    at: String,
    with: Value,
    keys: Map<String, Value>,
    required: Map<String, Value>,
    silent: Map<String, Value>,
}

fn tables() -> Vec<Table> {
    let text = std::fs::read_to_string(super::golden::folder().join("keys.yaml")).unwrap();
    let all: Vec<Value> = serde_saphyr::from_str(&text).unwrap();
    let map = |table: &Value, key: &str| table[key].as_object().cloned().unwrap_or_default();
    let text = |table: &Value, key: &str| table[key].as_str().unwrap().to_owned();
    let table = |table: &Value| Table {
        shape: text(table, "shape"),
        at: text(table, "at"),
        with: table["with"].clone(),
        keys: map(table, "keys"),
        required: map(table, "required"),
        silent: map(table, "silent"),
    };
    all.iter().map(table).collect()
}

/// The contracts of a table, with a key of this value or without it.
fn contracts(base: &Map<String, Value>, table: &Table, key: &str, value: Option<&Value>) -> Value {
    let mut made = patched(base, &json!({"with": table.with}), "with");
    let place = made.pointer(&table.at).cloned().unwrap_or_else(|| json!({}));
    let mut place = place.as_object().unwrap().clone();
    match value {
        Some(value) => drop(place.insert(key.to_owned(), value.clone())),
        None => drop(place.remove(key)),
    }
    let (parent, last) = table.at.rsplit_once('/').unwrap();
    match made.pointer_mut(parent).unwrap_or_else(|| panic!("nothing is at {parent}")) {
        Value::Array(list) => list[last.parse::<usize>().unwrap()] = Value::Object(place),
        object => object[last.replace("~1", "/")] = Value::Object(place),
    }
    made
}

#[test]
fn a_key_that_comes_goes_or_changes_is_told() {
    let base = read("base.yaml");
    let mut silent = Vec::new();
    for table in tables() {
        let optional = table.keys.iter().map(|(key, values)| (key, values, true));
        let required = table.required.iter().map(|(key, values)| (key, values, false));
        for (key, values, is_optional) in optional.chain(required) {
            let values = values.as_array().unwrap().iter().map(Some);
            let all: Vec<_> = is_optional.then_some(None).into_iter().chain(values).collect();
            let made = |value: &Option<&Value>| {
                let title = format!("{} of {}: {value:?}", key, table.at);
                (title.clone(), system(&title, &contracts(&base, &table, key, *value)))
            };
            let made: Vec<_> = all.iter().map(made).collect();
            for (at, (was, old)) in made.iter().enumerate() {
                for (_, (is, new)) in made.iter().enumerate().filter(|(other, _)| *other != at) {
                    if compare(old, new, today()).is_empty() {
                        silent.push(format!("{was} -> {is}"));
                    }
                }
            }
        }
    }
    assert!(silent.is_empty(), "{} changes are not told:\n{}", silent.len(), silent.join("\n"));
}

#[test]
fn every_key_has_its_values() {
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for table in tables() {
        let keys = [table.keys, table.required, table.silent].into_iter().flatten();
        known.entry(table.shape).or_default().extend(keys.map(|(key, _)| key));
    }
    let mut missing = Vec::new();
    let mut check = |shape: &Shape| {
        let known = known.get(shape.name);
        let honoured = shape.fields.iter().filter(|field| matches!(field.usage, Usage::Honoured));
        let open = honoured.filter(|field| !known.is_some_and(|known| known.contains(field.key)));
        missing.extend(open.map(|field| format!("`{}` of {}", field.key, shape.name)));
    };
    let within = |shape: &'static Shape, key: &str| -> &'static Shape {
        let field = shape.fields.iter().find(|field| field.key == key).unwrap();
        match field.form {
            Form::Object(shape) | Form::List(&Form::Object(shape)) => shape,
            other => panic!("{key} is {other:?}"),
        }
    };
    let sqs = within(&asyncapi::CHANNEL_BINDINGS, "sqs");
    let Form::List(&Form::Object(access)) = ours::DYNAMODB_ACCESS else { panic!("it is a list") };
    for shape in [
        &ours::LAMBDA,
        &ours::TABLE,
        within(&ours::TABLE, "indexes"),
        access,
        &ours::EVENTBRIDGE,
        &ours::EVENT_SOURCE,
        &ours::DYNAMODB_STREAM,
        sqs,
        within(sqs, "queue"),
        &ours::DEFAULTS,
        within(&ours::DEFAULTS, "events"),
    ] {
        check(shape);
    }
    assert!(missing.is_empty(), "without values: {}", missing.join(", "));
}
