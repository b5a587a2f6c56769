//! Random schemas as generated types: a value is taken if the text of its schema takes it, and what is taken survives
//! being stored and read.
//!
//! The contracts are the cases `drawn30` and `drawn31` of the generator. `UPDATE_EXPECTED=1 cargo test -p verify --test it
//! survive` draws them anew, and `UPDATE_EXPECTED=1 cargo test -p codegen --test it` generates their types; `SEED` and
//! `SCHEMAS` draw others, to look for faults.

use std::fmt::Debug;
use std::path::PathBuf;

use codegen::source::SourceMap;
use runtime::{Decode, Encode, Json, Violations, decode_body, from_item, to_item, to_json};
use serde_json::{Map, Value, json};
use suite::judge::{Judge, Version};
use verify::schema::{Contracts, Verdict};
use verify::value::{Dice, Sender};

use crate::drawn::Drawn;

#[allow(dead_code, unreachable_pub, unused_imports, reason = "a library of its own elsewhere")]
#[path = "../../../tests/cases/rust/drawn30/expected/model/mod.rs"]
#[rustfmt::skip]
mod drawn30;
#[allow(dead_code, unreachable_pub, unused_imports, reason = "a library of its own elsewhere")]
#[path = "../../../tests/cases/rust/drawn31/expected/model/mod.rs"]
#[rustfmt::skip]
mod drawn31;

/// How many schemas a case has.
const SCHEMAS: usize = 32;

/// How many values are drawn for each.
const VALUES: usize = 60;

fn from_environment(name: &str) -> Option<usize> {
    std::env::var(name).ok()?.parse().ok()
}

/// The contract with schemas that the generator accepts.
fn drawn(version: Version, seed: u64) -> Value {
    let seed = from_environment("SEED").map_or(seed, |seed| seed as u64);
    let mut drawn = Drawn { dice: Dice::new(seed), version };
    let mut schemas = Map::new();
    while schemas.len() < from_environment("SCHEMAS").unwrap_or(SCHEMAS) {
        let schema = drawn.schema(2);
        if Judge::of(version, &Json::parse(&schema.to_string()).unwrap(), &[]).is_ok() {
            schemas.insert(format!("T{}", schemas.len()), schema);
        }
    }
    let properties = schemas.keys().map(|name| {
        (name.to_lowercase(), json!({ "$ref": format!("#/components/schemas/{name}") }))
    });
    let all = json!({ "type": "object", "properties": properties.collect::<Map<_, _>>() });
    schemas.insert("Things".to_owned(), all);
    let content =
        json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Things" } } });
    json!({
        "openapi": version.number(),
        "info": { "title": "Drawn", "version": "1.0.0", "description": "Schemas drawn at random." },
        "servers": [{ "url": "https://api.example.com" }],
        "security": [],
        "paths": { "/things": { "post": {
            "operationId": "sendThings",
            "requestBody": { "required": true, "content": content },
            "responses": { "204": { "description": "Taken." } },
        } } },
        "components": { "schemas": schemas },
    })
}

/// The text of a case's contract, drawn anew where that is asked for.
fn contract(case: &str, version: Version, seed: u64) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/rust").join(case);
    let path = folder.join("spec/shop/openapi.json");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        let text = serde_json::to_string_pretty(&drawn(version, seed)).unwrap();
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text + "\n").unwrap();
    }
    std::fs::read_to_string(path).unwrap()
}

/// Sends a value; how it comes back after it was stored, or nothing where it is refused.
fn sent<T: Decode + Encode + PartialEq + Debug>(value: &Value) -> Option<Json> {
    let read: T = decode_body(value.to_string().as_bytes(), &mut Violations::default())?;
    let written = to_json(&read);
    let stored: T =
        from_item(to_item(&read).unwrap()).unwrap_or_else(|why| panic!("{value}: {why}"));
    assert_eq!(stored, read, "{value}");
    assert_eq!(to_json(&stored), written, "{value}");
    Some(Json::parse(&written).unwrap())
}

#[track_caller]
fn check<T: Decode + Encode + PartialEq + Debug>(case: &str, version: Version, seed: u64) {
    let text = contract(case, version, seed);
    let document: Value = serde_json::from_str(&text).unwrap();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let mut sources = SourceMap::default();
    sources.add("spec/shop/openapi.json", text);
    let contracts = Contracts::of(&sources);
    let mut drawn = Drawn { dice: Dice::new(seed), version };
    let mut differing = vec![];
    let (mut n_taken, mut n_refused) = (0, 0);
    for (name, schema) in schemas.iter().filter(|(name, _)| *name != "Things") {
        let pointer = format!("/components/schemas/{name}");
        for _ in 0..VALUES {
            let value = drawn.fitting(schema, 3);
            let verdict =
                contracts.verdict_at("spec/shop/openapi.json", &pointer, Sender::Client, &value);
            let body = json!({ name.to_lowercase(): value });
            let back = sent::<T>(&body);
            let expected = match verdict {
                Verdict::Valid => Some(Json::parse(&body.to_string()).unwrap()),
                Verdict::Invalid(_) => None,
                Verdict::Unknown(why) => panic!("{schema}: {why}"),
            };
            *if expected.is_some() { &mut n_taken } else { &mut n_refused } += 1;
            if back != expected {
                let back =
                    back.map_or("is refused".to_owned(), |back| format!("comes back as {back}"));
                differing.push(format!("{name} {schema}\n  {body} {back}; expected {expected:?}"));
            }
        }
    }
    differing.sort_by_key(String::len);
    let n_differing = differing.len();
    differing.truncate(8);
    assert!(differing.is_empty(), "{n_differing}:\n{}", differing.join("\n"));
    assert!(n_taken > SCHEMAS && n_refused > SCHEMAS, "{n_taken} taken, {n_refused} refused");
}

#[test]
fn values_of_30_survive() {
    check::<drawn30::Things>("drawn30", Version::OpenApi30, 3);
}

#[test]
fn values_of_31_survive() {
    check::<drawn31::Things>("drawn31", Version::OpenApi31, 4);
}
