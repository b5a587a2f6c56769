//! What is generated is what the contracts come to, however often and wherever it is made.

use std::path::Path;

use codegen::{compile, output, read};

fn compiled() -> codegen::Compiled {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    compile(&read::read_spec(&spec).unwrap()).expect("the shop's contracts are right")
}

#[test]
fn generated_files_are_fresh() {
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated");
    let comparison = output::compare(&out, &compiled().files).unwrap();
    let diff = comparison.diff("generated", 100);
    assert!(comparison.is_fresh(), "run `cargo run -p codegen`:\n{diff}");
}

#[test]
fn generated_files_of_the_example_are_fresh() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/parcels");
    let sources = read::read_spec(&example.join("spec")).unwrap();
    let compiled = compile(&sources).unwrap_or_else(|diagnostics| {
        panic!("{}", codegen::diag::render::render_text(&diagnostics, &sources, false))
    });
    let said = codegen::diag::render::render_text(&compiled.warnings, &sources, false);
    assert_eq!(said, "", "the example's contracts are clean");
    let crates = codegen::emit::Crates { prefix: "parcels-".to_owned(), ..Default::default() };
    let files = codegen::generate(&sources, &compiled.system, &crates);
    let comparison = output::compare(&example.join("generated"), &files).unwrap();
    let diff = comparison.diff("examples/parcels/generated", 100);
    let command =
        "cargo run -p codegen -- --spec examples/parcels/spec --out examples/parcels/generated";
    assert!(comparison.is_fresh(), "run `{command}`:\n{diff}");
}

#[test]
fn the_same_contracts_come_to_the_same_bytes() {
    assert_eq!(compiled().files, compiled().files);
}

#[test]
fn no_file_tells_where_or_when_it_was_made() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap();
    let root = root.to_string_lossy().into_owned();
    for (path, text) in compiled().files.iter() {
        assert!(!text.contains(&root), "{path}");
        assert!(text.ends_with('\n') && !text.contains('\r'), "{path}");
        let head: String = text.lines().take(5).collect();
        assert!(
            head.to_lowercase().contains("generated"),
            "{path} does not say what it is: {head}"
        );
    }
}
