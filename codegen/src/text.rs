//! Text on its way to files: the set of files that a run makes, and how Rust is laid out.
//!
//! Owns [`FileSet`] and every call of `syn` and `prettyplease`. Writes nothing to disk.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;

/// The files that a run makes: path below the output folder, with `/` between parts, and text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileSet {
    files: BTreeMap<String, String>,
}

impl FileSet {
    /// Adds a file. Panics when the path is taken, which only a fault in an emitter can cause.
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<String>) {
        let path = path.into();
        assert!(!self.files.contains_key(&path), "two emitters made `{path}`");
        self.files.insert(path, text.into());
    }

    /// The files by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The text of a file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }
}

/// A Rust file: what it is for, one line of `//!` for each of `head`, then the items with a blank line between
/// them; items that belong together, such as `use` lines, come in one token stream.
///
/// Panics when the items do not parse, which only a fault in an emitter can cause.
#[must_use]
pub fn rust_file(head: &[String], items: &[TokenStream]) -> String {
    let mut text = String::new();
    for line in head {
        text.push_str(format!("//! {line}").trim_end());
        text.push('\n');
    }
    for item in items.iter().filter(|item| !item.is_empty()) {
        text.push('\n');
        text.push_str(&pretty(item));
    }
    text
}

/// Items as text, laid out by `prettyplease`. Panics as [`rust_file`] does.
#[must_use]
pub fn pretty(items: &TokenStream) -> String {
    match syn::parse2::<syn::File>(items.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => panic!("an emitter made what is not Rust ({error}):\n{items}"),
    }
}

/// Text that an emitter wrote as text; panics when it does not parse, which only a fault in the emitter can cause.
#[must_use]
pub fn checked_rust(text: String) -> String {
    match syn::parse_file(&text) {
        Ok(_) => text,
        Err(error) => panic!("an emitter made what is not Rust ({error}):\n{text}"),
    }
}
