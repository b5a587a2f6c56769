//! Which rules of JSON Schema hold in a file.
//!
//! Owns the differences between the dialects: what OpenAPI 3.0 added and later gave up, and whether anything may stand
//! beside a reference.

use std::collections::BTreeMap;

use super::node::{Node, Value};
use crate::diag::Sink;
use crate::diag::catalog::{dialect as fault, shape as shape_fault};
use crate::source::FileId;

/// A dialect of JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// OpenAPI 3.0: a part of draft 4, with `nullable`.
    OpenApi30,
    /// AsyncAPI: draft 07, and `nullable`, because schemas are shared with OpenAPI 3.0.
    Draft7,
    /// OpenAPI 3.1 and 3.2, and Arazzo: draft 2020-12.
    Draft2020,
}

impl Dialect {
    /// The dialect of each file. A file that holds no document is one of schemas that documents share: it says so by
    /// `$schema`, or has the dialect of the oldest OpenAPI document.
    #[must_use]
    pub fn of_files(trees: &BTreeMap<FileId, Node>) -> BTreeMap<FileId, Self> {
        let own: BTreeMap<FileId, Self> = trees
            .iter()
            .filter_map(|(file, tree)| Some((*file, Self::of_document(tree)?)))
            .collect();
        // Arazzo documents refer to such files, and do not decide what they mean.
        let decides =
            |file: &FileId| trees.get(file).is_some_and(|tree| tree.get("arazzo").is_none());
        let has = |dialect: Self| own.iter().any(|(file, own)| *own == dialect && decides(file));
        let shared = match (has(Self::OpenApi30), has(Self::Draft2020)) {
            (true, _) => Self::OpenApi30,
            (false, true) => Self::Draft2020,
            (false, false) => Self::Draft7,
        };
        let files = trees.keys().map(|file| (*file, own.get(file).copied().unwrap_or(shared)));
        files.collect()
    }

    /// The dialect that a file declares.
    fn of_document(tree: &Node) -> Option<Self> {
        let version = |key: &str| tree.get(key).and_then(|node| node.text().or(node.number()));
        if let Some(version) = version("openapi") {
            return Some(match version.starts_with("3.0") {
                true => Self::OpenApi30,
                false => Self::Draft2020,
            });
        }
        if version("arazzo").is_some() {
            return Some(Self::Draft2020);
        }
        if version("asyncapi").is_some() {
            return Some(Self::Draft7);
        }
        let schema = tree.text_at("$schema")?;
        Some(match schema.contains("2020-12") || schema.contains("2019-09") {
            true => Self::Draft2020,
            false => Self::Draft7,
        })
    }

    /// Whether a reference counts alone, whatever stands beside it.
    #[must_use]
    pub fn refers_alone(self) -> bool {
        self != Self::Draft2020
    }

    /// Whether `nullable` means anything.
    #[must_use]
    pub fn knows_nullable(self) -> bool {
        self != Self::Draft2020
    }

    /// Reports what a schema takes from another dialect; whether it can be used nevertheless.
    pub(super) fn check(self, schema: &Node, sink: &Sink) -> bool {
        if let Some(entry) = schema.entry("nullable").filter(|_| schema.is_set("nullable")) {
            if !self.knows_nullable() {
                sink.report(fault::nullable_elsewhere(entry.named()));
            } else if schema.get("type").is_none() {
                sink.report(fault::nullable_without_type(entry.named()));
            }
        }
        if let Some(node) = schema.get("discriminator").filter(|_| self != Self::Draft7)
            && let Some(name) = node.text()
        {
            sink.report(fault::discriminator_as_text(node.span, name));
        }
        let mut sound = true;
        for key in ["$dynamicRef", "$dynamicAnchor"] {
            if let Some(entry) = schema.entry(key).filter(|_| self != Self::Draft2020) {
                let advice = "it is a keyword of JSON Schema 2020-12, which needs OpenAPI 3.1";
                sink.report(shape_fault::refused_key(entry.named(), "schema", advice));
                sound = false;
            }
        }
        if let Some(entry) = schema.entry("$schema")
            && entry.value.text().is_some_and(|name| !is_known(name))
        {
            sink.report(fault::unknown_dialect(entry.value.span));
            sound = false;
        }
        for key in ["exclusiveMinimum", "exclusiveMaximum"] {
            let Some(entry) = schema.entry(key) else { continue };
            let is_flag = matches!(entry.value.value, Value::Flag(_));
            if is_flag && self == Self::Draft2020 {
                sink.report(fault::exclusive_flag(entry.named()));
                sound = false;
            }
        }
        if let Some(entry) = schema.entry("items")
            && matches!(entry.value.value, Value::List(_))
            && self == Self::Draft2020
        {
            sink.report(fault::items_list(entry.named()));
            sound = false;
        }
        sound
    }
}

/// Whether a meta-schema is one of those whose keywords are known here.
fn is_known(name: &str) -> bool {
    const KNOWN: [&str; 4] =
        ["json-schema.org/", "spec.openapis.org/", "asyncapi.com/", "www.asyncapi.com/"];
    let after = name.split_once("://").map_or(name, |(_, after)| after);
    KNOWN.iter().any(|known| after.starts_with(known))
}
