//! Single changes of schemas as people write them, with every keyword that decides values: what is called safe takes
//! every value that was taken, and what is called breaking has a value that shows it.
//!
//! [`super::soundness`] does the same on types; here whole contracts are read, so that what no type expresses (an `enum`
//! beside a length, `not`, `if`, `dependentRequired`) is judged too. The judge of values knows JSON Schema and nothing of
//! the generator.

pub(crate) mod draw;
pub(crate) mod judge;
mod pairs;
pub(crate) mod value;

use std::collections::BTreeMap;

use codegen::compat::{Direction, Finding, Level, compare, parse_date};
use codegen::diag::{Diagnostic, Severity, Sink};
use codegen::model::System;
use codegen::source::SourceMap;
use serde_json::{Value, json};

use crate::mutation::Dice;
use judge::{Judge, fits};

/// The contracts in which a schema is what is sent, answered, published, received and stored; none where it cannot stand
/// in one.
fn system(schema: &Value) -> Option<System> {
    let body = json!({"application/json": {"schema": {"$ref": "#/components/schemas/S"}}});
    let openapi = json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/things": {"post": {
            "operationId": "do",
            "requestBody": {"required": true, "content": body.clone()},
            "responses": {"200": {"description": "d", "content": body}},
        }}},
        "components": {"schemas": {"S": schema}},
    });
    let message = |source: &str| {
        let payload = json!({"type": "object", "required": ["v"], "properties": {"v": schema}});
        json!({"x-amazon-events-source": source, "x-amazon-events-detail-type": "M", "payload": payload})
    };
    let channel = |name: &str| {
        json!({
            "messages": {"M": {"$ref": format!("#/components/messages/{name}")}},
            "bindings": {"x-eventbridge": {"bus": "B"}},
        })
    };
    let operation = |action: &str, channel: &str| json!({"action": action, "channel": {"$ref": format!("#/channels/{channel}")}, "x-external": true});
    let asyncapi = json!({
        "asyncapi": "3.0.0",
        "info": {"title": "T", "version": "1"},
        "channels": {"out": channel("Out"), "in": channel("In")},
        "operations": {"tell": operation("send", "out"), "take": operation("receive", "in")},
        "components": {"messages": {"Out": message("t.out"), "In": message("t.in")}},
    });
    let mut sources = SourceMap::default();
    sources.add("spec/t/openapi.yaml", openapi.to_string());
    if !is_newer_than_draft_7(schema) {
        sources.add("spec/t/asyncapi.yaml", asyncapi.to_string());
    }
    let sink = Sink::default();
    let system = codegen::lower::lower(&sources, &sink);
    let told = sink.into_sorted(&sources);
    // Of types that contradict each other no value is lost, whatever changes.
    let is_wrong =
        |one: &Diagnostic| one.severity == Severity::Error || one.code == "type-conflict";
    system.filter(|_| !told.iter().any(is_wrong))
}

/// Whether a schema has keywords that the dialect of AsyncAPI does not know.
fn is_newer_than_draft_7(schema: &Value) -> bool {
    let text = schema.to_string();
    ["prefixItems", "dependent", "minContains", "unevaluated"].iter().any(|key| text.contains(key))
}

/// Whether a schema has no keyword by which several others may contradict each other.
pub(crate) fn is_plain(schema: &Value) -> bool {
    const COMBINING: [&str; 10] = [
        "contains",
        "not",
        "allOf",
        "anyOf",
        "oneOf",
        "prefixItems",
        "dependentRequired",
        "patternProperties",
        "uniqueItems",
        "multipleOf",
    ];
    match schema {
        Value::Object(map) => {
            let is_nothing = *schema == json!({"not": {}});
            let is_combined =
                !is_nothing && map.keys().any(|key| COMBINING.contains(&key.as_str()));
            let is_listed = (map.contains_key("enum") && map.len() > 2) || lists_nothing(map);
            !is_combined
                && !is_listed
                && !wants_too_many(map)
                && !wants_refused(map)
                && map.values().all(is_plain)
        }
        Value::Array(list) => list.iter().all(is_plain),
        _ => true,
    }
}

/// Whether no value that a schema lists has the type beside it.
fn lists_nothing(schema: &serde_json::Map<String, Value>) -> bool {
    let listed = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
    let mut listed = listed.chain(schema.get("const")).peekable();
    let fits = |value: &Value| fits(&json!({"type": schema.get("type")}), value);
    listed.peek().is_some() && schema.contains_key("type") && !listed.any(fits)
}

/// Whether a closed object must have a property that it does not name.
fn wants_refused(schema: &serde_json::Map<String, Value>) -> bool {
    let is_closed = schema.get("unevaluatedProperties") == Some(&json!(false));
    let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
    let mut required = required.filter_map(Value::as_str);
    is_closed
        && required.any(|name| schema.get("properties").is_none_or(|all| all.get(name).is_none()))
}

/// Whether an object must have more properties than it may.
fn wants_too_many(schema: &serde_json::Map<String, Value>) -> bool {
    let n_required = schema.get("required").and_then(Value::as_array).map_or(0, Vec::len) as u64;
    schema.get("maxProperties").and_then(Value::as_u64).is_some_and(|most| n_required > most)
}

/// What a run saw.
#[derive(Debug, Default)]
struct Tally {
    changes: usize,
    safe: usize,
    breaking: usize,
    /// Breaking changes of plain schemas that no value shows.
    plain_unshown: usize,
    /// Rules that called a change breaking of which no value shows it, and how often.
    unshown: BTreeMap<&'static str, usize>,
}

/// The errors of a direction.
fn errors(findings: &[Finding], direction: Direction) -> Vec<&Finding> {
    let is_error = |one: &&Finding| one.level == Level::Error && one.direction == direction;
    findings.iter().filter(is_error).collect()
}

/// A value of the one that the other refuses, if one of a few tries finds it.
fn lost_value(dice: &mut Dice, (from, to): (&Value, &Value), tries: usize) -> Option<Value> {
    let [takes, took] = [to, from].map(Judge::of);
    let mut values = (0..tries).map(|_| value::of(dice, from));
    values.find(|value| took.takes(value) && !takes.takes(value))
}

/// Judges one change; the error says which value was forgotten.
fn check(seed: u64, tally: &mut Tally, told: &mut Vec<String>) -> Result<(), String> {
    let mut dice = Dice::new(seed);
    let old = draw::schema(&mut dice, 3);
    let new = draw::changed(&mut dice, &old);
    if old == new {
        return Ok(());
    }
    let (Some(before), Some(after)) = (system(&old), system(&new)) else { return Ok(()) };
    let findings = compare(&before, &after, parse_date("2026-11-29").unwrap());
    tally.changes += 1;
    let has_events = !is_newer_than_draft_7(&old) && !is_newer_than_draft_7(&new);
    for (directions, from, to) in [
        ([Direction::Request, Direction::Received], &old, &new),
        ([Direction::Response, Direction::Sent], &value::as_sent(&new), &old),
    ] {
        let mut lost = lost_value(&mut dice, (from, to), 300);
        for direction in directions {
            if !has_events && matches!(direction, Direction::Received | Direction::Sent) {
                continue;
            }
            let found = errors(&findings, direction);
            if lost.is_none() && !found.is_empty() {
                let tries = if is_plain(&old) && is_plain(&new) { 50_000 } else { 1_000 };
                lost = lost_value(&mut dice, (from, to), tries);
            }
            match (&lost, found.is_empty()) {
                (Some(value), true) => {
                    return Err(format!(
                        "seed {seed}, {direction:?}: {value} is lost unsaid\nold {old}\nnew {new}\nfound {:?}",
                        findings
                            .iter()
                            .map(|one| (one.rule, one.level, one.place()))
                            .collect::<Vec<_>>()
                    ));
                }
                (Some(_), false) => tally.breaking += 1,
                (None, true) => tally.safe += 1,
                (None, false) => {
                    tally.plain_unshown += usize::from(is_plain(&old) && is_plain(&new));
                    for one in &found {
                        *tally.unshown.entry(one.rule).or_default() += 1;
                    }
                    let rules: Vec<_> =
                        found.iter().map(|one| (one.rule, one.place(), &one.message)).collect();
                    let plain = if is_plain(&old) && is_plain(&new) { "plain, " } else { "" };
                    told.push(format!(
                        "{plain}seed {seed}, {direction:?}: {rules:?}\n  old {old}\n  new {new}"
                    ));
                }
            }
        }
    }
    Ok(())
}

/// Changes of what people write every day are told exactly. Where keywords contradict each other (an `enum` whose value its
/// own `pattern` refuses, `contains` of what `items` refuses), a change may be called breaking that no value shows.
#[test]
fn every_change_of_a_schema_is_called_what_it_is() {
    let number =
        |name: &str, other: u64| std::env::var(name).map_or(other, |text| text.parse().unwrap());
    let first = number("FIRST_SEED", 1);
    let mut tally = Tally::default();
    let (mut told, mut wrong) = (vec![], vec![]);
    for seed in first..first + number("SEEDS", 900) {
        wrong.extend(check(seed, &mut tally, &mut told).err());
    }
    assert!(wrong.is_empty(), "{} of {}: {}", wrong.len(), tally.changes, wrong.join("\n"));
    assert!(tally.changes >= 500 && tally.safe >= 500 && tally.breaking >= 500, "{tally:?}");
    assert!(told.len() * 3 < tally.breaking, "{} unshown of {tally:?}", told.len());
    told.retain(|one| one.starts_with("plain"));
    assert_eq!(tally.plain_unshown, 0, "breaking, and no value shows it:\n{}", told.join("\n"));
}

/// What two alternatives take is taken by neither; of alternatives of other types, one fits and any fits say the same.
#[test]
fn null_beside_other_types_is_one_more_value() {
    let found = |old: &Value, new: &Value| -> Vec<&'static str> {
        let of = |schema: &Value| {
            let held = json!({"type": "object", "required": ["a"], "properties": {"a": schema}});
            system(&held).unwrap()
        };
        let today = parse_date("2026-01-01").unwrap();
        let mut rules: Vec<_> = errors(&compare(&of(old), &of(new), today), Direction::Request)
            .iter()
            .map(|one| one.rule)
            .collect();
        rules.dedup();
        rules
    };
    let or_null = |schema: &Value| json!({"oneOf": [schema, {"type": "null"}]});
    let listed = json!({"enum": ["ab", 2, null]});
    assert_eq!(found(&listed, &or_null(&listed)), ["request-property-became-not-nullable"]);
    let checked = |inner: &Value| json!({"type": "object", "properties": {"b": inner}, "propertyNames": {"maxLength": 2}});
    let whole = json!({"type": "integer"});
    assert_eq!(found(&checked(&whole), &checked(&or_null(&whole))), [""; 0]);
    let narrowed = found(&checked(&or_null(&whole)), &checked(&whole));
    assert!(narrowed.contains(&"request-property-became-not-nullable"), "{narrowed:?}");
}
