//! Schemas of OpenAPI in the terms of JSON Schema 2020-12, every one at its own place, so that references still lead where
//! they did.
//!
//! In 3.0 a reference stands alone, `nullable` adds null to the type, and the exclusive bounds are flags. Properties that
//! the other side sends need not be there, and what documents a schema is left out.

use std::collections::BTreeSet;

use codegen::parse::Node;
use codegen::parse::node::Value as Syntax;
use serde_json::{Map, Value, json};

use super::assertions;
use super::place::Documents;
use crate::value::Sender;

/// Keywords of 2020-12 that schemas of 3.0 do not have: they ask nothing there.
const LATER: &[&str] = &[
    "$id",
    "$anchor",
    "$schema",
    "$dynamicRef",
    "$dynamicAnchor",
    "const",
    "if",
    "then",
    "else",
    "dependentRequired",
    "dependentSchemas",
    "patternProperties",
    "propertyNames",
    "contains",
    "minContains",
    "maxContains",
    "prefixItems",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Keywords that ask nothing of a value, and may hold what looks like a schema.
const NOTES: &[&str] =
    &["example", "examples", "default", "description", "title", "xml", "externalDocs"];

/// Deeper references to `readOnly` are not looked for.
const MAX_LEVELS: usize = 16;

/// Translates for values of one side.
pub(super) struct Translator<'a> {
    pub(super) documents: &'a Documents,
    pub(super) sender: Sender,
}

impl Translator<'_> {
    /// An OpenAPI document, with all schemas in it translated.
    pub(super) fn document(&self, node: &Node) -> Value {
        let entry = |(key, value): (&str, &Node)| {
            let value = match key {
                "schema" | "itemSchema" => self.schema(value),
                "schemas" => self.schemas(value),
                _ => self.document(value),
            };
            (key.to_owned(), value)
        };
        match &node.value {
            Syntax::Map(_) => node
                .entries()
                .iter()
                .filter(|one| one.key != "$self")
                .map(|one| entry((&one.key, &one.value)))
                .collect::<Map<_, _>>()
                .into(),
            Syntax::List(_) => node.items().iter().map(|item| self.document(item)).collect(),
            _ => plain(node),
        }
    }

    /// A mapping of schemas.
    fn schemas(&self, node: &Node) -> Value {
        let named = |one: &codegen::parse::Entry| (one.key.clone(), self.schema(&one.value));
        node.entries().iter().map(named).collect::<Map<_, _>>().into()
    }

    /// A schema, or a file that holds some.
    pub(super) fn schema(&self, node: &Node) -> Value {
        self.schema_within(node, &BTreeSet::new())
    }

    /// A schema that is a part of another one, which knows these properties as the other side's.
    fn schema_within(&self, node: &Node, known: &BTreeSet<String>) -> Value {
        match &node.value {
            Syntax::Map(_) => self.mapping(node, known),
            Syntax::List(_) => node.items().iter().map(|item| self.schema(item)).collect(),
            _ => plain(node),
        }
    }

    fn mapping(&self, node: &Node, known: &BTreeSet<String>) -> Value {
        let is_30 = self.documents.is_30(node);
        if let (true, Some(reference)) = (is_30, node.text_at("$ref")) {
            return json!({ "$ref": reference });
        }
        let mut others = known.clone();
        if node.get("required").is_some() || node.get("allOf").is_some() {
            self.note_others(node, 0, &mut others);
        }
        let mut out = Map::new();
        for entry in node.entries() {
            let (key, value) = (entry.key.as_str(), &entry.value);
            if NOTES.contains(&key) || (is_30 && LATER.contains(&key)) {
                continue;
            }
            let value = match key {
                "properties" => self.properties(value),
                "patternProperties" | "dependentSchemas" | "$defs" | "definitions" => {
                    self.schemas(value)
                }
                "allOf" => {
                    value.items().iter().map(|one| self.schema_within(one, &others)).collect()
                }
                "enum" | "const" | "dependentRequired" => plain(value),
                "required" => {
                    let is_own =
                        |one: &&Node| one.text().is_some_and(|name| !others.contains(name));
                    value.items().iter().filter(is_own).map(plain).collect()
                }
                _ => self.schema(value),
            };
            out.insert(entry.key.clone(), value);
        }
        // A discriminator says which alternative it is, even where the others look the same.
        if node.get("discriminator").is_some()
            && !out.contains_key("anyOf")
            && let Some(parts) = out.remove("oneOf")
        {
            out.insert("anyOf".to_owned(), parts);
        }
        if is_30 {
            in_later_terms(&mut out);
        }
        let exact: Vec<Value> = assertions::exact(&mut out);
        if !exact.is_empty()
            && let Value::Array(parts) = out.entry("allOf").or_insert_with(|| json!([]))
        {
            parts.extend(exact);
        }
        out.into()
    }

    /// Properties; a service ignores what is `readOnly`, whatever it is.
    fn properties(&self, node: &Node) -> Value {
        let named = |one: &codegen::parse::Entry| {
            let is_ignored = self.sender == Sender::Client && self.is_others(&one.value, 0);
            (one.key.clone(), if is_ignored { true.into() } else { self.schema(&one.value) })
        };
        node.entries().iter().map(named).collect::<Map<_, _>>().into()
    }

    /// Notes the properties of a schema that the other side sends.
    fn note_others(&self, node: &Node, level: usize, others: &mut BTreeSet<String>) {
        if level > MAX_LEVELS {
            return;
        }
        let properties = node.get("properties").map(Node::entries).unwrap_or_default();
        let of_others = properties.iter().filter(|one| self.is_others(&one.value, 0));
        others.extend(of_others.map(|one| one.key.clone()));
        let parts = node.get("allOf").map(Node::items).unwrap_or_default();
        for part in parts.iter().chain(self.documents.referred(node)) {
            self.note_others(part, level + 1, others);
        }
    }

    /// Whether the other side sends a property.
    fn is_others(&self, node: &Node, level: usize) -> bool {
        let flag = match self.sender {
            Sender::Client => "readOnly",
            Sender::Service => "writeOnly",
        };
        let parts = || node.get("allOf").map(Node::items).unwrap_or_default().iter();
        node.is_set(flag)
            || level <= MAX_LEVELS
                && (parts().any(|part| self.is_others(part, level + 1))
                    || self
                        .documents
                        .referred(node)
                        .is_some_and(|end| self.is_others(end, level + 1)))
    }
}

/// The keywords that 3.0 has otherwise.
fn in_later_terms(schema: &mut Map<String, Value>) {
    let is_nullable = schema.remove("nullable") == Some(Value::Bool(true));
    if let Some(Value::String(own)) = schema.get("type").filter(|_| is_nullable).cloned() {
        schema.insert("type".to_owned(), json!([own, "null"]));
    }
    for (flag, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        match schema.get(flag) {
            Some(Value::Bool(true)) => match schema.remove(bound) {
                Some(limit) => schema.insert(flag.to_owned(), limit),
                None => schema.remove(flag),
            },
            Some(Value::Bool(false)) => schema.remove(flag),
            _ => None,
        };
    }
}

/// A node as JSON.
fn plain(node: &Node) -> Value {
    match &node.value {
        Syntax::Null => Value::Null,
        Syntax::Flag(flag) => (*flag).into(),
        Syntax::Number(number) => serde_json::from_str(number).unwrap_or(Value::Null),
        Syntax::Text(text) => text.as_str().into(),
        Syntax::List(_) => node.items().iter().map(plain).collect(),
        Syntax::Map(_) => {
            let entry = |one: &codegen::parse::Entry| (one.key.clone(), plain(&one.value));
            node.entries().iter().map(entry).collect::<Map<_, _>>().into()
        }
    }
}
