//! Places of findings as a policy names them: a file and a JSON pointer in it.

use std::collections::BTreeMap;

use crate::diag::Sink;
use crate::parse::{Node, Value, yaml};
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
        let pointer = self.pointer(span, |index, _| index.to_string());
        format!("{}#{pointer}", self.sources.file(span.file).path)
    }

    /// The file below the folder of contracts, and a pointer whose elements of lists are told by what they are and not by
    /// where they are: `product/openapi.yaml`, `/paths/~1product/get/parameters/limit`.
    pub fn named(&mut self, span: Span) -> (String, String) {
        let pointer = self.pointer(span, named);
        (below(&self.sources.file(span.file).path).to_owned(), pointer)
    }

    fn pointer(&mut self, span: Span, element: impl Fn(usize, &Node) -> String) -> String {
        let file = self.sources.file(span.file);
        let read = || yaml::parse(span.file, &file.text, &Sink::default());
        let tree = self.trees.entry(span.file).or_insert_with(read);
        tree.as_ref().map(|tree| tree.pointer_by(span, element)).unwrap_or_default()
    }
}

/// A path without the name of the folder of contracts.
pub(super) fn below(path: &str) -> &str {
    path.split_once('/').map_or(path, |(_, below)| below)
}

/// An element of a list by what tells it from the others, if anything does.
fn named(index: usize, node: &Node) -> String {
    let text = match &node.value {
        Value::Text(text) | Value::Number(text) => Some(text.as_str()),
        Value::Map(_) => ["name", "$ref", "url", "operationId", "title"]
            .into_iter()
            .find_map(|key| node.text_at(key))
            .or_else(|| {
                node.entries()
                    .first()
                    .filter(|_| node.entries().len() == 1)
                    .map(|one| one.key.as_str())
            }),
        _ => None,
    };
    match text.filter(|text| text.len() <= 80 && !text.contains(['\n', '\r'])) {
        Some(text) => scalars::pointer::escape(text).into_owned(),
        None => index.to_string(),
    }
}
