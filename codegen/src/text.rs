//! Text on its way to files: the set of files that a run makes, and how Rust is laid out.
//!
//! Owns [`FileSet`] and every call of `syn` and `prettyplease`. Writes nothing to disk.

use std::collections::BTreeMap;

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
