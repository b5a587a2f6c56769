//! The Rust that small contracts come to, one feature each.
//!
//! `UPDATE_EXPECTED=1 cargo test -p codegen` writes what is expected anew. The package `golden` compiles it, with
//! warnings denied.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use codegen::{compile, diag, read};

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// The contract crate that a case's contracts come to: path below `src` to text.
fn emitted(case: &Path) -> BTreeMap<String, String> {
    let sources = read::read_spec(&case.join("spec")).unwrap();
    let compiled = compile(&sources).unwrap_or_else(|diagnostics| {
        panic!("{}", diag::render::render_text(&diagnostics, &sources, false))
    });
    let below = |path: &str| {
        let authorizer = path.strip_prefix("authorizer/src/");
        let authorizer = authorizer.map(|name| format!("authorizer/{name}"));
        authorizer.or_else(|| path.strip_prefix("shop/src/").map(str::to_owned))
    };
    compiled.files.iter().filter_map(|(path, text)| Some((below(path)?, text.to_owned()))).collect()
}

/// The files below a folder; none when there is no folder.
fn files(folder: &Path, below: &str, out: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = format!("{below}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            files(&path, &format!("{name}/"), out);
        } else {
            out.insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
}

fn check(name: &str) {
    let case = tests().join("cases/rust").join(name);
    let (folder, found) = (case.join("expected"), emitted(&case));
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        let _ = std::fs::remove_dir_all(&folder);
        for (path, text) in &found {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    }
    let mut expected = BTreeMap::new();
    files(&folder, "", &mut expected);
    let paths: Vec<&String> = expected.keys().collect();
    assert_eq!(found.keys().collect::<Vec<_>>(), paths, "the files of {name}");
    for (path, text) in &found {
        let diff = similar::TextDiff::from_lines(expected[path].as_str(), text.as_str());
        let unified = diff.unified_diff().header("expected", "found").to_string();
        assert!(unified.is_empty(), "{name}/expected/{path}:\n{unified}");
    }
}

#[test]
fn callers() {
    check("callers");
}

#[test]
fn callers_verified_by_own_code() {
    check("verified");
}

#[test]
fn asyncapi_as_others_publish_it() {
    check("published");
}

#[test]
fn changes_of_tables() {
    check("streams");
}

#[test]
fn owners() {
    check("owners");
}

#[test]
fn scalars_kept_to_the_last_digit() {
    check("exact");
}

#[test]
fn scalars() {
    check("scalars");
}

#[test]
fn objects() {
    check("objects");
}

#[test]
fn settings_of_functions() {
    check("settings");
}

#[test]
fn unions() {
    check("unions");
}

#[test]
fn checks_of_what_no_type_expresses() {
    check("checks");
}

#[test]
fn collections() {
    check("collections");
}

#[test]
fn sensitive_values() {
    check("sensitive");
}

#[test]
fn names_that_are_taken() {
    check("names");
}

/// Words that Rust reserves or that generated code has already, names that meet, and what pages may read of responses
/// that no contract declares.
#[test]
fn words_that_are_taken() {
    check("words");
}

#[test]
fn answers_in_every_shape() {
    check("answers");
}

#[test]
fn bodies_and_parameters_of_every_kind() {
    check("bodies");
}

#[test]
fn alternatives_types_and_ranges_that_are_left_open() {
    check("choices");
}

#[test]
fn errors_in_the_words_of_the_contract() {
    check("errors");
}

#[test]
fn bound_operations() {
    check("bound");
}

#[test]
fn tables_that_are_there_already() {
    check("existing");
}

#[test]
fn what_operations_do_with_data() {
    check("data");
}

#[test]
fn events_and_their_versions() {
    check("events");
}

/// The package `golden` holds what is judged of these against what their validators take.
#[test]
fn versions_that_follow_one_another() {
    check("versions");
}

/// Paths of other names, events as one text, lists as JSON, schemas without a value, links and mappings to nowhere.
#[test]
fn what_openapi_leaves_open() {
    check("open");
}

/// Keywords beside each reference of a chain, and what schemas build on.
#[test]
fn references_with_keywords_beside_them() {
    check("links");
}

/// The package `verify` sends values to these.
#[test]
fn schemas_drawn_at_random() {
    check("drawn30");
    check("drawn31");
}

/// A case that is not compiled could expect anything.
#[test]
fn every_case_is_compiled() {
    let manifest = std::fs::read_to_string(tests().join("golden/Cargo.toml")).unwrap();
    for entry in std::fs::read_dir(tests().join("cases/rust")).unwrap() {
        let name = entry.unwrap().file_name();
        let line = format!("path = \"../cases/rust/{}/expected/lib.rs\"", name.to_str().unwrap());
        assert!(manifest.contains(&line), "codegen/tests/golden/Cargo.toml lacks {line}");
    }
}

#[test]
fn what_is_required_and_how_headers_and_forms_are_written() {
    check("wire");
}
