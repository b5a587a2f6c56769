//! One case for each rule: small contracts, a change, and what is found.
//!
//! The cases stand in `tests/cases/compat/*.yaml`, what is found in the `.txt` beside each; set `UPDATE_EXPECTED=1`
//! to write those anew.

use codegen::compat::{Finding, Stage, catalog, compare, compare_stages, parse_date};
use codegen::diag::{Severity, Sink};
use codegen::model::System;
use codegen::source::SourceMap;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;

const LEVELS: [&str; 3] = ["error", "warning", "info"];

pub(super) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/compat")
}

pub(super) fn read(file: &str) -> Map<String, Value> {
    let text = std::fs::read_to_string(folder().join(file)).unwrap();
    serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The system that contracts mean. Contracts of a case are right, or the case proves nothing.
pub(super) fn system(case: &str, contracts: &Value) -> System {
    let mut sources = SourceMap::default();
    for (name, contract) in contracts.as_object().unwrap() {
        let text = serde_json::to_string_pretty(contract).unwrap();
        sources.add(
            match name.split_once('/') {
                None if name == "defaults" => "spec/defaults.yaml".to_owned(),
                None => format!("spec/shop/{name}.yaml"),
                Some((service, kind)) => format!("spec/{service}/{kind}.yaml"),
            },
            text,
        );
    }
    // What takes several services to see is no matter here: an event may be sent by nobody.
    let sink = Sink::default();
    let system = codegen::lower::lower(&sources, &sink);
    let errors: Vec<_> = sink
        .into_sorted(&sources)
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .map(|diagnostic| {
            let line = sources.position(diagnostic.primary.span).line;
            let text = sources.file(diagnostic.primary.span.file).line(line);
            format!("{}: {} ({})", diagnostic.code, diagnostic.message, text.trim())
        })
        .collect();
    assert!(errors.is_empty(), "{case}: {errors:#?}");
    system.unwrap_or_else(|| panic!("{case}: no system"))
}

pub(super) fn today() -> jiff::civil::Date {
    parse_date("2026-11-23").unwrap()
}

fn line(finding: &Finding) -> String {
    let affected = match finding.whom() {
        whom if whom.is_empty() => whom,
        whom => format!(" — {whom}"),
    };
    format!(
        "{} {} at {}: {}{affected}",
        finding.level,
        finding.rule,
        finding.place(),
        finding.message
    )
}

/// Compares what was found with what is expected, or writes it.
fn expect(file: &str, found: &str) {
    let path = folder().join(file);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    for (found, expected) in found.lines().zip(expected.lines()) {
        assert_eq!(found, expected, "in {file}");
    }
    assert_eq!(found.lines().count(), expected.lines().count(), "in {file}");
}

/// Puts a value where a JSON Pointer says, or takes away what stands there.
fn patch(document: &mut Value, pointer: &str, value: &Value) {
    let (parent, last) = pointer.rsplit_once('/').unwrap();
    let last = last.replace("~1", "/").replace("~0", "~");
    let missing = || panic!("nothing stands at `{parent}`");
    match document.pointer_mut(parent).unwrap_or_else(missing) {
        Value::Object(object) if value.is_null() => drop(object.remove(&last).unwrap()),
        Value::Object(object) => drop(object.insert(last, value.clone())),
        Value::Array(list) => {
            let place: usize = last.parse().unwrap();
            if value.is_null() {
                list.remove(place);
            } else {
                list.insert(place, value.clone());
            }
        }
        other => panic!("`{parent}` is {other}"),
    }
}

pub(super) fn patched(base: &Map<String, Value>, case: &Value, side: &str) -> Value {
    let mut contracts = Value::Object(base.clone());
    for (pointer, value) in case.get(side).and_then(Value::as_object).into_iter().flatten() {
        patch(&mut contracts, pointer, value);
    }
    contracts
}

fn check_patches(name: &str) {
    let base = read("base.yaml");
    let mut found = String::new();
    for (title, case) in &read(&format!("{name}.yaml")) {
        let old = system(title, &patched(&base, case, "old"));
        let new = system(title, &patched(&base, case, "new"));
        writeln!(found, "{title}").unwrap();
        for finding in compare(&old, &new, today()) {
            writeln!(found, "  {}", line(&finding)).unwrap();
        }
    }
    expect(&format!("{name}.txt"), &found);
}

#[test]
fn operations() {
    check_patches("rest");
}

#[test]
fn webhooks() {
    check_patches("webhook");
}

#[test]
fn events() {
    check_patches("event");
}

#[test]
fn functions() {
    check_patches("function");
}

#[test]
fn tables() {
    check_patches("table");
}

#[test]
fn stacks() {
    check_patches("stack");
}

#[test]
fn settings_of_stages() {
    let mut found = String::new();
    for (title, case) in &read("stage.yaml") {
        let side = |side: &str| {
            let mut sources = SourceMap::default();
            let files = case.get(side).and_then(Value::as_object).into_iter().flatten();
            let stage = |(name, text): (&String, &Value)| {
                let name = format!("{name}.toml");
                let file = sources.add(format!("infra/stages/{name}"), text.as_str().unwrap());
                Stage { name, file }
            };
            let stages: Vec<_> = files.map(stage).collect();
            (sources, stages)
        };
        let ((old, was), (new, is)) = (side("old"), side("new"));
        writeln!(found, "{title}").unwrap();
        for finding in compare_stages((&old, &was), (&new, &is), today()) {
            writeln!(found, "  {}", line(&finding)).unwrap();
        }
    }
    expect("stage.txt", &found);
}

/// Contracts that use a schema everywhere.
fn everywhere(schema: &Value, is_scalar: bool, is_list: bool) -> Value {
    let animal = |kind: &str| {
        json!({
            "type": "object",
            "required": ["kind", "sort"],
            "properties": {
                "kind": {"type": "string", "enum": [kind]},
                "sort": {"type": "string", "enum": [kind]},
            },
        })
    };
    let wild = |part: &str| {
        json!({
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": {"type": "string"}, part: {"type": "integer"}},
        })
    };
    let schemas = json!({
        "Bird": wild("wings"),
        "Fish": wild("fins"),
        "Cat": animal("cat"),
        "Dog": animal("dog"),
        "Loose": {"type": "object", "properties": {"size": {"type": "integer"}}},
        "Looser": {"type": "object", "properties": {"size": {"type": "number"}}},
    });
    let holder = json!({"type": "object", "properties": {"value": schema}});
    let mut stored = holder.clone();
    stored["required"] = json!(["id"]);
    stored["properties"]["id"] = json!({"type": "string"});
    stored["x-dynamodb-table"] = json!({"name": "thing", "partitionKey": "id"});
    let content = |schema: &Value| json!({"application/json": {"schema": schema}});
    let mut parameters = vec![];
    if is_scalar || is_list {
        parameters
            .push(json!({"name": "value", "in": "query", "description": "It.", "schema": schema}));
    }
    let mut headers = json!({});
    if is_scalar {
        headers["X-Value"] = json!({"description": "It.", "schema": schema});
    }
    let answer = |schema: &Value, headers: &Value| json!({"200": {"description": "Done.", "headers": headers, "content": content(schema)}});
    let operation = |id: &str, schema: &Value, parameters: &[Value], headers: &Value| {
        json!({
            "operationId": id,
            "summary": "Do it.",
            "parameters": parameters,
            "requestBody": {"required": true, "content": content(schema)},
            "responses": answer(schema, headers),
        })
    };
    let mut shared = schemas.clone();
    shared["Stored"] = stored;
    let store = json!({
        "operationId": "store",
        "summary": "Store it.",
        "x-dynamodb-access": [{"table": "Stored", "actions": ["put"]}],
        "responses": {"204": {"description": "Stored."}},
    });
    let openapi = json!({
        "openapi": "3.0.3",
        "info": {"title": "Shop", "version": "1.0.0"},
        "paths": {
            "/held": {"post": operation("held", &holder, &parameters, &headers)},
            "/bare": {"post": operation("bare", schema, &[], &json!({}))},
            "/stored": {"post": store},
        },
        "components": {"schemas": shared},
    });
    json!({"openapi": openapi, "asyncapi": messages(&holder, &schemas)})
}

fn messages(holder: &Value, schemas: &Value) -> Value {
    let message = |kind: &str| {
        json!({
            "x-amazon-events-source": "com.example.shop",
            "x-amazon-events-detail-type": kind,
            "payload": holder,
        })
    };
    let channel = |kind: &str, bindings: Value| {
        let reference = format!("#/components/messages/{kind}");
        json!({"address": "Bus", "messages": {kind: {"$ref": reference}}, "bindings": bindings})
    };
    let operation = |action: &str, channel: &str, kind: &str| {
        json!({
            "action": action,
            "channel": {"$ref": format!("#/channels/{channel}")},
            "messages": [{"$ref": format!("#/channels/{channel}/messages/{kind}")}],
        })
    };
    let eventbridge = json!({"x-eventbridge": {"bus": "Bus"}});
    json!({
        "asyncapi": "3.0.0",
        "info": {"title": "Shop", "version": "1.0.0"},
        "channels": {
            "out": channel("Told", eventbridge.clone()),
            "in": channel("Heard", eventbridge),
        },
        "operations": {
            "tell": operation("send", "out", "Told"),
            "hear": operation("receive", "in", "Heard"),
        },
        "components": {
            "messages": {"Told": message("Told"), "Heard": message("Heard")},
            "schemas": schemas,
        },
    })
}

#[test]
fn schemas() {
    let mut found = String::new();
    for (title, case) in &read("schema.yaml") {
        let flag = |name: &str| case.get(name).and_then(Value::as_bool).unwrap_or_default();
        let world =
            |side: &str| system(title, &everywhere(&case[side], flag("scalar"), flag("list")));
        writeln!(found, "{title}").unwrap();
        for finding in compare(&world("old"), &world("new"), today()) {
            writeln!(found, "  {}", line(&finding)).unwrap();
        }
    }
    expect("schema.txt", &found);
}

/// Each rule is the finding of some case, at the level that the catalogue gives it.
#[test]
fn every_rule_has_a_case() {
    let mut found = BTreeSet::new();
    for file in ["rest", "webhook", "event", "function", "table", "stack", "stage", "schema"] {
        let text = std::fs::read_to_string(folder().join(format!("{file}.txt"))).unwrap();
        for line in text.lines() {
            if let [level, rule, ..] = line.trim_start().split(' ').collect::<Vec<_>>().as_slice() {
                found.insert((rule.to_string(), level.to_string()));
            }
        }
    }
    let known = |rule: &&catalog::ChangeRule| {
        !found.contains(&(rule.id.to_owned(), rule.level.to_string()))
    };
    let missing: Vec<_> = catalog::all().iter().filter(known).map(|rule| rule.id).collect();
    let rules: BTreeSet<_> =
        found.iter().filter(|(_, level)| LEVELS.contains(&level.as_str())).collect();
    let ids: BTreeSet<_> = rules.iter().map(|(rule, _)| rule).collect();
    assert_eq!(rules.len(), ids.len(), "some rule is found at two levels: {rules:#?}");
    assert!(missing.is_empty(), "{} rules without a case: {missing:#?}", missing.len());
}
