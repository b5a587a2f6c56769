//! Our extensions in schemas where nothing reads them.
//!
//! Owns which schemas stand where each of them counts. Looks at the text alone: what a key means is decided where it is
//! read.

use std::collections::BTreeSet;

use super::{Contracts, Scope};
use crate::diag::catalog::{shape as shape_fault, tables as fault};
use crate::parse::keywords::ours;
use crate::parse::shape::SCHEMA;
use crate::parse::{Entry, Node, Value};
use crate::source::Span;

/// Where a schema stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// It has a name of its own, or belongs to a parameter, a body or a message.
    Alone,
    /// It is a part of another one.
    Part,
}

/// The properties of tables' items, and the schemas that they refer to.
#[derive(Debug, Default)]
struct Stored {
    properties: BTreeSet<Span>,
    targets: BTreeSet<Span>,
}

/// Reports the extensions without effect.
pub(super) fn check(scope: Scope<'_>, services: &[Contracts]) {
    let schemas = schemas(scope);
    let documents = services.iter().flat_map(|one| [one.openapi, one.asyncapi]).flatten();
    let named = documents.clone().filter_map(|file| scope.docs.tree(file)).flat_map(|document| {
        document.at(&["components", "schemas"]).into_iter().flat_map(Node::entries)
    });
    let named: BTreeSet<Span> = named.map(|entry| entry.value.span).collect();
    let documents: BTreeSet<_> = documents.collect();
    // Of a file that documents share, any schema may be the one of a table.
    let is_named =
        |schema: &Node| !documents.contains(&schema.span.file) || named.contains(&schema.span);
    let tables = schemas
        .iter()
        .map(|(schema, _)| *schema)
        .filter(|schema| schema.get("x-dynamodb-table").is_some() && is_named(schema));
    let stored = Stored::of(scope, tables.collect());
    for (schema, place) in schemas.into_iter().filter(|(one, _)| !scope.docs.failed(one)) {
        // What is lost beside a reference has been reported, but for what is about the property.
        let is_lost = schema.reference().is_some() && scope.docs.dialect(schema).refers_alone();
        let is_read = |entry: &&Entry| !is_lost || ours::counts_beside_ref(&entry.key);
        for entry in schema.entries().iter().filter(is_read) {
            let why = match entry.key.as_str() {
                "x-dynamodb-table" if !is_named(schema) => {
                    "tables belong to the schemas in `components/schemas`"
                }
                "x-error" if place != Place::Alone => {
                    "it belongs to the schema of a whole response"
                }
                "x-generated" if is_value(entry) && !stored.properties.contains(&schema.span) => {
                    "the service only fills in properties of a table's items"
                }
                "x-version" if is_set(entry) && stored.lacks(schema) && is_no_number(schema) => {
                    "a version is an integer"
                }
                "x-attribute" if entry.value.text().is_some() && stored.lacks(schema) => NOT_STORED,
                "x-dynamodb-set" if is_set(entry) && stored.lacks(schema) => NOT_STORED,
                _ => continue,
            };
            scope.sink.report(match why {
                NOT_STORED => fault::stored_without_table(entry.key_span, &entry.key),
                why => {
                    shape_fault::unread_extension(entry.named(), why, ours::is_everyday(&entry.key))
                }
            });
        }
    }
}

const NOT_STORED: &str = "this is not a property of a table's items";

fn is_set(entry: &Entry) -> bool {
    matches!(entry.value.value, Value::Flag(true))
}

/// Whether something can be generated; anything else is an error already.
fn is_value(entry: &Entry) -> bool {
    ["uuid", "now", "updated", "version"].map(Some).contains(&entry.value.text())
}

/// Whether a schema has another type than `integer`.
fn is_no_number(schema: &Node) -> bool {
    schema.text_at("type").is_some_and(|name| name != "integer")
}

impl Stored {
    fn of<'a>(scope: Scope<'a>, tables: Vec<&'a Node>) -> Self {
        let mut stored = Self::default();
        let mut open = tables;
        let mut seen = BTreeSet::new();
        while let Some(schema) = open.pop() {
            if !seen.insert(schema.span) {
                continue;
            }
            for property in schema.get("properties").into_iter().flat_map(Node::entries) {
                stored.properties.insert(property.value.span);
                let links = scope.docs.links(&property.value);
                stored.targets.extend(links.into_iter().map(|link| link.span));
            }
            open.extend(schema.get("allOf").into_iter().flat_map(Node::items));
            open.extend(scope.docs.next(schema));
        }
        stored
    }

    /// Whether a schema is neither a property of items nor what one refers to.
    fn lacks(&self, schema: &Node) -> bool {
        !self.properties.contains(&schema.span) && !self.targets.contains(&schema.span)
    }
}

/// Every schema of the files, with its place, in their order.
fn schemas<'a>(scope: Scope<'a>) -> Vec<(&'a Node, Place)> {
    let mut found = vec![];
    let mut seen = BTreeSet::new();
    let mut open: Vec<(&Node, Place)> =
        scope.docs.trees().map(|(_, tree)| (tree, Place::Alone)).collect();
    while let Some((node, place)) = open.pop() {
        if !seen.insert(node.span) {
            continue;
        }
        let is_schema = scope.docs.shape_of(node) == Some(SCHEMA);
        if is_schema {
            found.push((node, place));
        }
        let below = if is_schema { Place::Part } else { place };
        open.extend(node.items().iter().map(|item| (item, below)));
        for entry in node.entries() {
            match (is_schema, entry.key.as_str()) {
                (true, "properties") => {
                    open.extend(entry.value.entries().iter().map(|one| (&one.value, Place::Part)))
                }
                (true, "$defs" | "definitions") => {
                    open.extend(entry.value.entries().iter().map(|one| (&one.value, Place::Alone)))
                }
                _ => open.push((&entry.value, below)),
            }
        }
    }
    found
}
