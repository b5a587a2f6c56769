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
    for (path, item) in items(&files) {
        n_items += 1;
        let found = codegen::text::pretty(item.to_token_stream());
        assert_eq!(lines(&found), lines(&by_prettyplease(item)), "{}", path.display());
    }
    assert!(n_items > 5000, "only {n_items} items");
}

/// Any other code may be broken into lines in another way, but says the same. `LAYOUT_OF=FOLDER` names such code: what
/// `codegen survey --keep` leaves.
#[test]
fn nothing_is_lost_in_any_layout() {
    let mut files = vec![];
    match std::env::var_os("LAYOUT_OF") {
        Some(folder) => rust_files(Path::new(&folder), &mut files),
        None => rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/src"), &mut files),
    }
    let (mut n_items, mut n_others) = (0, 0);
    for (path, item) in items(&files) {
        n_items += 1;
        let found = codegen::text::pretty(item.to_token_stream());
        let expected = by_prettyplease(item);
        n_others += usize::from(lines(&found) != lines(&expected));
        let tokens = |text: &str| {
            let file =
                syn::parse_file(text).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
            file.to_token_stream().to_string().replace(", )", ")").replace(" ,)", ")")
        };
        assert_eq!(tokens(&found), tokens(&expected), "{}", path.display());
    }
    eprintln!("{n_items} items, {n_others} of them in other lines");
    assert!(n_items > 100, "only {n_items} items");
}

/// The items of files, without macros, whose insides are anybody's, and without those that have calls in them which
/// `prettyplease` does not look into.
fn items(files: &[PathBuf]) -> impl Iterator<Item = (&Path, syn::Item)> {
    files.iter().flat_map(|path| {
        let file = syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap();
        let is_plain = |item: &syn::Item| {
            let text = item.to_token_stream().to_string();
            let has_call = ["json !", "format !"].iter().any(|call| text.contains(call));
            !has_call && !matches!(item, syn::Item::Macro(_))
        };
        let items = file.items.into_iter().filter(is_plain);
        items.map(|item| (path.as_path(), item))
    })
}

fn by_prettyplease(item: syn::Item) -> String {
    prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: vec![],
        items: vec![item],
    })
}
