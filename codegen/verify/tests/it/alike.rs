//! Random schemas and values, judged alike by what the generator makes of a schema and by the text of it.

use codegen::source::SourceMap;
use runtime::Json;
use serde_json::{Value, json};
use suite::judge::{Judge, Version};
use verify::schema::{Contracts, Verdict};
use verify::value::{Dice, Sender};

use crate::drawn::Drawn;

fn parsed(value: &Value) -> Json {
    Json::parse(&value.to_string()).unwrap()
}

/// Draws schemas of a version, and finds no value that the two judge differently.
#[track_caller]
fn check(version: Version, seed: u64, n_schemas: usize) {
    let mut drawn = Drawn { dice: Dice::new(seed), version };
    let (mut n_accepted, mut n_valid, mut n_invalid) = (0, 0, 0);
    let mut differing = vec![];
    for _ in 0..n_schemas {
        let schema = drawn.schema(3);
        let values: Vec<Value> = (0..24).map(|_| drawn.fitting(&schema, 4)).collect();
        let Ok(ours) = Judge::of(version, &parsed(&schema), &[]) else { continue };
        n_accepted += 1;
        let mut sources = SourceMap::default();
        let document =
            json!({ "openapi": version.number(), "components": { "schemas": { "T": schema } } });
        sources.add("spec/a/openapi.json", document.to_string());
        let contracts = Contracts::of(&sources);
        for value in values {
            let theirs = contracts.verdict_at(
                "spec/a/openapi.json",
                "/components/schemas/T",
                Sender::Client,
                &value,
            );
            let fits = match &theirs {
                Verdict::Valid => true,
                Verdict::Invalid(_) => false,
                Verdict::Unknown(why) => panic!("{schema}: {why}"),
            };
            *if fits { &mut n_valid } else { &mut n_invalid } += 1;
            if ours.fits(&parsed(&value)) != fits {
                differing.push(format!("{schema}\n  {value}: {theirs:?}"));
            }
        }
    }
    differing.sort_by_key(String::len);
    differing.truncate(5);
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    assert!(n_accepted * 2 > n_schemas, "only {n_accepted} of {n_schemas} schemas are accepted");
    assert!(n_valid > n_schemas && n_invalid > n_schemas, "{n_valid} valid, {n_invalid} invalid");
}

/// More schemas are drawn where the variable `SCHEMAS` says so.
fn n_schemas() -> usize {
    std::env::var("SCHEMAS").ok().and_then(|n| n.parse().ok()).unwrap_or(250)
}

#[test]
fn schemas_of_30_are_judged_alike() {
    check(Version::OpenApi30, 30, n_schemas());
}

#[test]
fn schemas_of_31_are_judged_alike() {
    check(Version::OpenApi31, 31, n_schemas());
}
