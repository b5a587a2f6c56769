//! Our extensions at every place of a schema: what one says reaches the generated files, or the author is told.

use std::collections::BTreeSet;
use std::path::Path;

use codegen::diag::{Diagnostic, Severity};
use codegen::emit::Crates;
use codegen::model::System;
use codegen::parse::keywords::{ours, schema::SCHEMA};
use codegen::read;
use codegen::source::SourceMap;

/// What marks a place: a comment, which counts nowhere.
const MARK: &str = "$comment: ";

/// Each extension of schemas, with a value that is right where it belongs.
const SCHEMA_KEYS: [(&str, &str); 11] = [
    ("x-attribute", "other"),
    ("x-dynamodb-set", "true"),
    ("x-dynamodb-table", "{name: other, partitionKey: id}"),
    ("x-error", "{message: detail}"),
    ("x-generated", "version"),
    ("x-owner", "{claim: sub}"),
    ("x-sensitive", "true"),
    ("x-sunset", "'2030-01-01'"),
    ("x-test-data", "unique"),
    ("x-transitions", "{a: [b]}"),
    ("x-version", "true"),
];

/// The contracts with what is said at one place.
fn contracts(mark: &str, said: &str) -> SourceMap {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/places/spec");
    let original = read::read_spec(&folder).unwrap();
    let mut sources = SourceMap::default();
    for (_, file) in original.files() {
        let text = match mark.chars().last() {
            Some(end) => file.text.replace(mark, &format!("{said}{end}")),
            None => file.text.clone(),
        };
        sources.add(file.path.clone(), text);
    }
    sources
}

/// The marks of all places, each with what ends it.
fn marks() -> Vec<String> {
    let mut found = vec![];
    for (_, file) in contracts("", "").files() {
        for rest in file.text.split(MARK).skip(1) {
            let end = rest.find([',', '}', '\n']).unwrap();
            found.push(format!("{MARK}{}", &rest[..=end]));
        }
    }
    let unique: BTreeSet<&String> = found.iter().collect();
    assert_eq!(unique.len(), found.len(), "each place has a mark of its own");
    found
}

/// What is told beyond notes.
fn told(found: &[Diagnostic]) -> BTreeSet<(&str, &str)> {
    let counts = found.iter().filter(|one| one.severity < Severity::Note);
    counts.map(|one| (one.code, one.message.as_str())).collect()
}

/// The generated files, but for the sums of the contracts.
fn files(sources: &SourceMap, system: &System) -> Vec<(String, String)> {
    let files = codegen::generate(sources, system, &Crates::default());
    let files = files.iter().filter(|(path, _)| !path.ends_with(".sum"));
    files.map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

#[test]
fn every_extension_counts_or_is_told_at_every_place_of_a_schema() {
    let of_schemas = SCHEMA.fields.iter().map(|field| field.key);
    let of_schemas: BTreeSet<&str> = of_schemas.filter(|key| key.starts_with("x-")).collect();
    let tried: BTreeSet<&str> = SCHEMA_KEYS.iter().map(|(key, _)| *key).collect();
    assert_eq!(tried, of_schemas, "each extension of schemas has a value here");

    let marks = &marks();
    let plain = contracts("", "");
    let before = &codegen::check(&plain);
    let (anyway, files_before) =
        (&told(&before.diagnostics), &files(&plain, before.system.as_ref().unwrap()));
    let silent_places = move |key: &str, value: &str| -> Vec<String> {
        let of = |mark: &String| {
            let changed = contracts(mark, &format!("{key}: {value}"));
            let is_told =
                |found: &[Diagnostic]| told(found).iter().any(|one| !anyway.contains(one));
            let after = codegen::resolve(&changed);
            let counts = || files(&changed, after.system.as_ref().unwrap()) != *files_before;
            // The rules of style take their time, and tell little of extensions.
            let is_silent = !is_told(&after.diagnostics)
                && !counts()
                && !is_told(&codegen::check(&changed).diagnostics);
            is_silent.then(|| format!("{key} at {mark:?}"))
        };
        marks.iter().filter_map(of).collect()
    };
    let silent: Vec<String> = std::thread::scope(|scope| {
        let of = |(key, value): (&'static str, &'static str)| {
            scope.spawn(move || silent_places(key, value))
        };
        let of_keys: Vec<_> = SCHEMA_KEYS.map(of).into_iter().collect();
        of_keys.into_iter().flat_map(|one| one.join().unwrap()).collect()
    });
    assert!(silent.is_empty(), "nothing is said of:\n{}", silent.join("\n"));
}

#[test]
fn extensions_of_other_objects_are_told_in_schemas() {
    let plain = codegen::check(&contracts("", "")).diagnostics;
    let anyway = told(&plain);
    let is_of_schemas = |key: &&str| SCHEMA_KEYS.iter().any(|(known, _)| known == key);
    for key in ours::names().filter(|key| !is_of_schemas(key)) {
        for (mark, end) in [("body", '\n'), ("item", '}'), ("beside allOf", '}'), ("input", '}')] {
            let changed = contracts(&format!("{MARK}{mark}{end}"), &format!("{key}: {{}}"));
            let found = codegen::check(&changed).diagnostics;
            let is_told = told(&found).iter().any(|one| !anyway.contains(one));
            assert!(is_told, "nothing is said of {key} at {mark}");
        }
    }
}
