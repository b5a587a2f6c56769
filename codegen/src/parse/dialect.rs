//! Which rules of JSON Schema hold in a file.
//!
//! Owns the differences between the dialects: what OpenAPI 3.0 added and later gave up, and whether anything may stand
//! beside a reference.

use std::collections::{BTreeMap, BTreeSet};

use super::node::{Entry, Node, Value};
use super::versions;
use crate::diag::Sink;
use crate::diag::catalog::{dialect as fault, shape as shape_fault, slips};
use crate::source::FileId;

/// A dialect of JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dialect {
    /// OpenAPI 3.0: a part of draft 4, with `nullable`.
    OpenApi30,
    /// AsyncAPI: draft 07, and `nullable`, because schemas are shared with OpenAPI 3.0.
    Draft7,
    /// OpenAPI 3.1 and 3.2, and Arazzo: draft 2020-12.
    Draft2020,
}

/// The dialects of a set of files.
#[derive(Debug, Default)]
pub struct Dialects {
    of: BTreeMap<FileId, Dialect>,
    /// The files that documents of OpenAPI 3.0 and of later versions refer to.
    shared: BTreeSet<FileId>,
}

impl Dialects {
    /// The dialect of a file.
    #[must_use]
    pub fn of(&self, file: FileId) -> Dialect {
        self.of.get(&file).copied().unwrap_or(Dialect::Draft7)
    }

    /// Reports what a schema takes from another dialect; whether it can be used nevertheless.
    pub(super) fn check(&self, schema: &Node, sink: &Sink) -> bool {
        let file = schema.span.file;
        let (dialect, is_shared) = (self.of(file), self.shared.contains(&file));
        if is_shared {
            versions::check_shared(schema, sink);
        }
        if dialect == Dialect::OpenApi30 {
            versions::check(schema, is_shared, sink);
        }
        dialect.check(schema, sink)
    }
}

/// Which files each file refers to.
#[derive(Debug, Default)]
pub struct Links(pub BTreeMap<FileId, BTreeSet<FileId>>);

impl Links {
    /// The files that a file refers to, and those that they refer to.
    fn reached_from(&self, file: FileId) -> BTreeSet<FileId> {
        let (mut reached, mut open) = (BTreeSet::new(), vec![file]);
        while let Some(file) = open.pop() {
            for next in self.0.get(&file).into_iter().flatten() {
                if reached.insert(*next) {
                    open.push(*next);
                }
            }
        }
        reached
    }
}

impl Dialect {
    /// The dialect of each file, and the files that documents of several versions of OpenAPI share. A file that holds no
    /// document says by `$schema` which one it has, or has that of the oldest OpenAPI document that refers to it.
    #[must_use]
    pub fn of_files(trees: &BTreeMap<FileId, Node>, links: &Links) -> Dialects {
        let own: BTreeMap<FileId, Self> = trees
            .iter()
            .filter_map(|(file, tree)| Some((*file, Self::of_document(tree)?)))
            .collect();
        // Arazzo documents refer to such files, and do not decide what they mean.
        let decide = own
            .iter()
            .filter(|(file, _)| trees.get(file).is_some_and(|tree| tree.get("arazzo").is_none()));
        let mut readers: BTreeMap<FileId, BTreeSet<Self>> = BTreeMap::new();
        let mut all = BTreeSet::new();
        for (document, dialect) in decide {
            all.insert(*dialect);
            for file in links.reached_from(*document) {
                readers.entry(file).or_default().insert(*dialect);
            }
        }
        let mut dialects = Dialects::default();
        for file in trees.keys() {
            let own = own.get(file).copied();
            let readers = readers.get(file).unwrap_or(&all);
            let is_shared =
                [Self::OpenApi30, Self::Draft2020].iter().all(|one| readers.contains(one));
            if own.is_none() && is_shared {
                dialects.shared.insert(*file);
            }
            let oldest =
                [Self::OpenApi30, Self::Draft2020].into_iter().find(|one| readers.contains(one));
            let dialect = own.or(oldest).unwrap_or(Self::Draft7);
            dialects.of.insert(*file, dialect);
        }
        dialects
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
    fn check(self, schema: &Node, sink: &Sink) -> bool {
        if let Some(entry) = schema.entry("nullable").filter(|_| schema.is_set("nullable")) {
            if !self.knows_nullable() {
                sink.report(fault::nullable_elsewhere(entry.named()));
            } else if schema.get("type").is_none() {
                let is_composed =
                    ["allOf", "oneOf", "anyOf"].iter().any(|key| schema.get(key).is_some());
                sink.report(fault::nullable_without_type(entry.named(), is_composed));
            }
        }
        self.check_null(schema, sink);
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
                let bound = if key == "exclusiveMinimum" { "minimum" } else { "maximum" };
                let is_on = schema.is_set(key);
                let bound = schema.get(bound).and_then(Node::number).filter(|_| is_on);
                sink.report(fault::exclusive_flag(entry.named(), bound));
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

    /// Reports `null` among the values of a type without it.
    fn check_null_refused(self, schema: &Node, sink: &Sink) {
        let is_nullable = self.knows_nullable() && schema.is_set("nullable");
        let listed = schema.get("enum").map_or(&[][..], Node::items);
        let null = listed.iter().find(|node| matches!(node.value, Value::Null));
        let (Some(null), Some(ty), false) = (null, schema.get("type"), is_nullable) else { return };
        let types: Vec<&str> = match ty.text() {
            Some(name) => vec![name],
            None => ty.items().iter().filter_map(Node::text).collect(),
        };
        // Another finding is about a type that is none.
        if types.is_empty() || types.contains(&"null") || listed.len() < 2 {
            return;
        }
        sink.report(slips::null_not_in_type(null.span, &types.join(", "), self.knows_nullable()));
    }

    /// Reports a type with `null` whose values are listed without it.
    fn check_null(self, schema: &Node, sink: &Sink) {
        self.check_null_refused(schema, sink);
        let has_null = |ty: &&Entry| ty.value.items().iter().any(|one| one.text() == Some("null"));
        let is_nullable = self.knows_nullable() && schema.is_set("nullable");
        let nullable = schema.entry("nullable").filter(|_| is_nullable);
        let typed = schema.entry("type");
        let Some(entry) = nullable.filter(|_| typed.is_some()).or(typed.filter(has_null)) else {
            return;
        };
        let is_null = |node: &Node| matches!(node.value, Value::Null);
        let listed = schema.get("enum").is_some_and(|list| !list.items().iter().any(is_null));
        let fixed = schema.get("const").is_some_and(|value| !is_null(value));
        for (key, _) in [("enum", listed), ("const", fixed)].into_iter().filter(|(_, is)| *is) {
            sink.report(fault::null_not_listed(entry.named(), key));
        }
    }
}

/// Whether a meta-schema is one of those whose keywords are known here.
fn is_known(name: &str) -> bool {
    const KNOWN: [&str; 4] =
        ["json-schema.org/", "spec.openapis.org/", "asyncapi.com/", "www.asyncapi.com/"];
    let after = name.split_once("://").map_or(name, |(_, after)| after);
    KNOWN.iter().any(|known| after.starts_with(known))
}
