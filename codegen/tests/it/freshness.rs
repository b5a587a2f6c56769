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
