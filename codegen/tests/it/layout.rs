//! The layout of generated Rust: what is written without a parser is what `prettyplease` writes.

use std::fs;
use std::path::{Path, PathBuf};

use quote::ToTokens as _;

/// The Rust files below a folder.
fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Lines without those that are empty: `prettyplease` sets none between members.
fn lines(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.is_empty()).collect()
}

#[test]
fn items_are_laid_out_as_by_prettyplease() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = vec![];
    // Code that people wrote has more kinds of statements than what is generated.
    for folder in [
        "generated",
        "examples/parcels/generated",
        "codegen/tests/cases/rust",
        "codegen/src",
        "loadtest/harness/src",
    ] {
        rust_files(&repository.join(folder), &mut files);
    }
    let mut n_items = 0;
    for path in files {
        let file = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap();
        for item in file.items {
            if matches!(item, syn::Item::Macro(_)) {
                continue;
            }
            n_items += 1;
            let found = codegen::text::pretty(item.to_token_stream());
            let expected = prettyplease::unparse(&syn::File {
                shebang: None,
                frontmatter: None,
                attrs: vec![],
                items: vec![item],
            });
            assert_eq!(lines(&found), lines(&expected), "{}", path.display());
        }
    }
    assert!(n_items > 5000, "only {n_items} items");
}
