//! Faults in contracts: one folder each below `tests/cases/diagnostics`, with the contracts and what is said of them.
//!
//! `UPDATE_EXPECTED=1 cargo test -p codegen` writes what is said now into the folders; read the difference.

use std::path::Path;

use codegen::diag::{self, render::render_text};
use codegen::{read, resolve};

/// Resolves the contracts of a folder, and compares what is said with what stands beside them.
fn check(case: &Path) -> Option<String> {
    let sources = read::read_spec(&case.join("spec")).unwrap();
    let resolved = resolve(&sources);
    assert_eq!(
        resolved.system.is_none(),
        diag::has_errors(&resolved.diagnostics),
        "{}: no system without an error, and no error beside a system",
        case.display()
    );
    let said = render_text(&resolved.diagnostics, &sources, false);
    let file = case.join("stderr.txt");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&file, &said).unwrap();
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    (said != expected || said.is_empty())
        .then(|| format!("== {}\n-- expected\n{expected}\n-- found\n{said}", case.display()))
}

#[test]
fn every_fault_is_told_where_it_stands() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/diagnostics");
    let mut cases: Vec<_> =
        std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() >= 100, "{} cases are fewer than there were", cases.len());
    let different: Vec<String> = cases.iter().filter_map(|case| check(case)).collect();
    assert!(different.is_empty(), "{}", different.join("\n"));
}
