//! Our extensions in schemas where nothing reads them.
//!
//! Owns which schemas stand where each of them counts. Looks at the text alone, but for what errors say: what a key means
//! is decided where it is read.

mod places;

use std::collections::BTreeSet;

use super::schema::type_names;
use super::{Contracts, Scope};
use crate::diag::catalog::{shape as shape_fault, tables as fault};
use crate::parse::keywords::ours;
use crate::parse::{Entry, Node, Value};
use crate::source::Span;
use places::{Readers, SchemaSite};

/// Reports the extensions without effect.
pub(super) fn check(scope: Scope<'_>, services: &[Contracts]) {
    let schemas = places::schemas(scope);
    let documents = places::documents(services);
    let named = documents.iter().filter_map(|file| scope.docs.tree(*file)).flat_map(|document| {
        document.at(&["components", "schemas"]).into_iter().flat_map(Node::entries)
    });
    let named: BTreeSet<Span> = named.map(|entry| entry.value.span).collect();
    // Of a file that documents share, any schema may be the one of a table.
    let is_named =
        |schema: &Node| !documents.contains(&schema.span.file) || named.contains(&schema.span);
    let readers = Readers::of(scope, &schemas, is_named);
    let is_sound = !scope.sink.has_errors();
    for (schema, place) in schemas.into_iter().filter(|(one, _)| !scope.docs.failed(one)) {
        // What is lost beside a reference has been reported, but for what is about the property.
        let is_lost = schema.reference().is_some() && scope.docs.dialect(schema).refers_alone();
        let is_read = |entry: &&Entry| !is_lost || ours::counts_beside_ref(&entry.key);
        let at =
            At { scope, readers: &readers, schema, place, is_named: is_named(schema), is_sound };
        for entry in schema.entries().iter().filter(is_read) {
            let Some(why) = at.why_unread(entry) else { continue };
            scope.sink.report(match why {
                NOT_STORED => fault::stored_without_table(entry.key_span, &entry.key),
                NOT_OWNED => fault::owner_without_table(entry.value.span),
                why => {
                    shape_fault::unread_extension(entry.named(), why, ours::is_everyday(&entry.key))
                }
            });
        }
    }
}

const NOT_STORED: &str = "this is not a property of a table's items";
const NOT_OWNED: &str = "nothing checks it";
const OF_SERVICES: &str = "it belongs to the schemas of services";

/// A schema and where it is.
struct At<'a, 'r> {
    scope: Scope<'a>,
    readers: &'r Readers,
    schema: &'a Node,
    place: SchemaSite,
    is_named: bool,
    /// Whether all contracts could be read: else something that reads an extension may be missing.
    is_sound: bool,
}

impl At<'_, '_> {
    /// Why an extension has no effect; `None` where it has one, or where that is told elsewhere.
    fn why_unread(&self, entry: &Entry) -> Option<&'static str> {
        let (schema, place) = (self.schema, self.place);
        let is_set = matches!(entry.value.value, Value::Flag(true));
        let lacks = || self.readers.lacks(schema);
        let is_elsewhere = || !self.readers.is_part_of_property(schema);
        Some(match (entry.key.as_str(), place) {
            ("x-test-data", _) if !self.readers.is_input(schema) => {
                "it belongs to a property of a workflow's `inputs`"
            }
            ("x-owner", _) if !self.readers.reads_owner(schema) => match entry.value.text() {
                // Other tools name a team so.
                Some(text) if !text.starts_with('$') => "it is not a claim of the caller",
                _ => NOT_OWNED,
            },
            ("x-dynamodb-table" | "x-transitions", SchemaSite::Input) => OF_SERVICES,
            ("x-sensitive", SchemaSite::Input) if is_set => OF_SERVICES,
            ("x-sensitive", SchemaSite::Element) if is_set && schema.reference().is_some() => {
                "mark the list or map, or the schema that this refers to"
            }
            ("x-transitions", SchemaSite::Judge) => "no value has its type from this schema",
            ("x-dynamodb-table", _) if !self.is_named => {
                "tables belong to the schemas in `components/schemas`"
            }
            ("x-error", SchemaSite::Alone | SchemaSite::Content) => {
                if !self.is_sound || self.scope.docs.was_read(&entry.value) {
                    return None;
                }
                "no error that is made for the service has this schema"
            }
            ("x-error", _) => "it belongs to the schema of a whole response",
            ("x-generated", _) if is_value(entry) && !self.readers.is_property(schema) => {
                "the service only fills in properties of a table's items"
            }
            ("x-version", _) if is_set && is_elsewhere() && self.is_no_integer() => {
                "a version is an integer"
            }
            ("x-version", _) if is_set && is_elsewhere() && !self.readers.is_answered(schema) => {
                "no table and no response has this as a required property of its own"
            }
            ("x-attribute", _) if entry.value.text().is_some() && lacks() => NOT_STORED,
            ("x-dynamodb-set", _) if is_set && lacks() => NOT_STORED,
            _ => return None,
        })
    }

    /// Whether the schema, with what it builds on, is not of integers.
    fn is_no_integer(&self) -> bool {
        let parts = self.scope.docs.builds_on(self.schema);
        let mut types = parts.iter().filter_map(|part| part.get("type"));
        !types.any(|node| type_names(node).any(|name| name == "integer"))
    }
}

/// Whether something can be generated; anything else is an error already.
fn is_value(entry: &Entry) -> bool {
    ["uuid", "now", "updated", "version"].map(Some).contains(&entry.value.text())
}
