//! Places of findings as a policy names them: a file and a JSON pointer in it.

use std::collections::BTreeMap;

use crate::diag::Sink;
use crate::parse::{Node, yaml};
use crate::source::{FileId, SourceMap, Span};

/// Finds places; each file is read once, and only when something in it is asked for.
#[derive(Debug)]
pub struct Places<'a> {
    sources: &'a SourceMap,
    trees: BTreeMap<FileId, Option<Node>>,
}

impl<'a> Places<'a> {
    /// Nothing is read yet.
    #[must_use]
    pub fn new(sources: &'a SourceMap) -> Self {
        Self { sources, trees: BTreeMap::new() }
    }

    /// `spec/product/openapi.yaml#/paths/~1product/get`
    pub fn of(&mut self, span: Span) -> String {
        let file = self.sources.file(span.file);
        let read = || yaml::parse(span.file, &file.text, &Sink::default());
        let tree = self.trees.entry(span.file).or_insert_with(read);
        let pointer = tree.as_ref().map(|tree| tree.pointer_around(span)).unwrap_or_default();
        format!("{}#{pointer}", file.path)
    }
}
