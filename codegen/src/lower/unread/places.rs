//! Where schemas stand, and which of them each extension is read of.

use std::collections::BTreeSet;

use crate::lower::{Contracts, Scope};
use crate::parse::shape::SCHEMA;
use crate::parse::{Node, Value};
use crate::source::Span;

/// Where a schema stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SchemaSite {
    /// It has a name of its own, or belongs to a parameter, a body or a message.
    Alone,
    /// It is the whole of what is sent or answered.
    Content,
    /// It is the one of a response header.
    Header,
    /// It is a part of another one, or of a parameter.
    Part,
    /// It is the schema of a list's or a map's elements.
    Element,
    /// It only judges values, which have their types from other schemas.
    Judge,
    /// It is of a workflow.
    Input,
}

/// The keywords below which schemas make no types.
const JUDGING: [&str; 13] = [
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "patternProperties",
    "dependentSchemas",
    "dependencies",
    "prefixItems",
    "additionalItems",
    "unevaluatedItems",
    "contentSchema",
];

/// Every schema of the files, with its place, in their order.
pub(super) fn schemas<'a>(scope: Scope<'a>) -> Vec<(&'a Node, SchemaSite)> {
    let mut found = vec![];
    let mut seen = BTreeSet::new();
    let of_tree = |tree: &'a Node| match tree.get("arazzo") {
        Some(_) => (tree, SchemaSite::Input),
        None => (tree, SchemaSite::Alone),
    };
    let mut open: Vec<(&Node, SchemaSite)> =
        scope.docs.trees().map(|(_, tree)| of_tree(tree)).collect();
    while let Some((node, place)) = open.pop() {
        if !seen.insert(node.span) {
            continue;
        }
        let shape = scope.docs.shape_of(node);
        let is_schema = shape == Some(SCHEMA);
        if is_schema {
            found.push((node, place));
        }
        let below = match place {
            SchemaSite::Judge | SchemaSite::Input => place,
            _ if is_schema || shape == Some("parameter") => SchemaSite::Part,
            _ => place,
        };
        open.extend(node.items().iter().map(|item| (item, below)));
        for entry in node.entries() {
            let key = entry.key.as_str();
            let (named, place) = match key {
                "properties" => (is_schema, below),
                "$defs" | "definitions" => (is_schema, SchemaSite::Alone),
                _ if is_schema && JUDGING.contains(&key) && below != SchemaSite::Input => {
                    (false, SchemaSite::Judge)
                }
                "items" | "additionalProperties" if below == SchemaSite::Part => {
                    (false, SchemaSite::Element)
                }
                "schema" if shape == Some("header") => (false, SchemaSite::Header),
                "schema" if shape == Some("media type") && below == SchemaSite::Alone => {
                    (false, SchemaSite::Content)
                }
                _ => (false, below),
            };
            match named {
                true => open.extend(entry.value.entries().iter().map(|one| (&one.value, place))),
                false => open.push((&entry.value, place)),
            }
        }
    }
    found
}

/// The schemas that each extension is read of.
#[derive(Debug, Default)]
pub(super) struct Readers {
    /// The properties of tables' items, and the schemas that they refer to.
    stored: BTreeSet<Span>,
    /// The same with all that these build on.
    built_on: BTreeSet<Span>,
    properties: BTreeSet<Span>,
    /// Those of properties and parameters, and what these build on.
    owned: BTreeSet<Span>,
    /// Properties of workflows' inputs.
    inputs: BTreeSet<Span>,
    /// Required properties of what responses hold.
    answered: BTreeSet<Span>,
}

impl Readers {
    pub(super) fn of<'a>(
        scope: Scope<'a>,
        schemas: &[(&'a Node, SchemaSite)],
        is_named: impl Fn(&Node) -> bool,
    ) -> Self {
        let mut readers = Self::default();
        let all = || schemas.iter().filter(|(_, place)| *place != SchemaSite::Input);
        let tables = all().map(|(schema, _)| *schema);
        let is_table =
            |schema: &&Node| schema.get("x-dynamodb-table").is_some() && is_named(schema);
        readers.add_stored(scope, tables.filter(is_table).collect());
        for (schema, _) in all().filter(|(_, place)| *place != SchemaSite::Judge) {
            for property in schema.get("properties").into_iter().flat_map(Node::entries) {
                readers.add_owned(scope, &property.value);
            }
        }
        let mut open: Vec<&Node> = scope.docs.trees().map(|(_, tree)| tree).collect();
        while let Some(node) = open.pop() {
            match scope.docs.shape_of(node) {
                Some(SCHEMA) => continue,
                Some("parameter") => {
                    let contents = node.get("content").into_iter().flat_map(Node::entries);
                    let schemas = contents.filter_map(|entry| entry.value.get("schema"));
                    let schemas = schemas.chain(node.get("schema"));
                    schemas.for_each(|schema| readers.add_owned(scope, schema));
                }
                Some("response") => {
                    let contents = node.get("content").into_iter().flat_map(Node::entries);
                    let schemas = contents.filter_map(|entry| entry.value.get("schema"));
                    schemas.for_each(|schema| readers.add_answered(scope, schema));
                }
                Some("workflow") => {
                    let inputs = node.get("inputs").into_iter();
                    inputs.for_each(|inputs| readers.add_inputs(scope, inputs));
                }
                _ => {}
            }
            open.extend(node.items());
            open.extend(node.entries().iter().map(|entry| &entry.value));
        }
        readers
    }

    fn add_owned<'a>(&mut self, scope: Scope<'a>, schema: &'a Node) {
        self.owned.insert(schema.span);
        self.owned.extend(scope.docs.builds_on(schema).into_iter().map(|one| one.span));
    }

    fn add_answered<'a>(&mut self, scope: Scope<'a>, schema: &'a Node) {
        let parts = scope.docs.builds_on(schema);
        let required = parts.iter().filter_map(|part| part.get("required")).flat_map(Node::items);
        let required: BTreeSet<&str> = required.filter_map(Node::text).collect();
        let properties = parts.iter().filter_map(|part| part.get("properties"));
        let properties = properties.flat_map(Node::entries);
        for property in properties.filter(|one| required.contains(one.key.as_str())) {
            self.answered.insert(property.value.span);
            let whole = scope.docs.builds_on(&property.value);
            self.answered.extend(whole.into_iter().map(|part| part.span));
        }
    }

    fn add_inputs<'a>(&mut self, scope: Scope<'a>, inputs: &'a Node) {
        let mut open = scope.docs.builds_on(inputs);
        let mut seen = BTreeSet::new();
        while let Some(part) = open.pop() {
            if !seen.insert(part.span) {
                continue;
            }
            let properties = part.get("properties").into_iter().flat_map(Node::entries);
            let others = part.get("additionalProperties");
            let others = others.filter(|one| !matches!(one.value, Value::Flag(_)));
            self.inputs.extend(properties.map(|one| one.value.span));
            self.inputs.extend(others.map(|one| one.span));
            let unions = ["oneOf", "anyOf"].into_iter().filter_map(|key| part.get(key));
            let alternatives = unions.flat_map(Node::items);
            open.extend(alternatives.flat_map(|one| scope.docs.builds_on(one)));
        }
    }

    fn add_stored<'a>(&mut self, scope: Scope<'a>, tables: Vec<&'a Node>) {
        let mut open = tables;
        let mut seen = BTreeSet::new();
        while let Some(schema) = open.pop() {
            if !seen.insert(schema.span) {
                continue;
            }
            for property in schema.get("properties").into_iter().flat_map(Node::entries) {
                self.properties.insert(property.value.span);
                let links = scope.docs.links(&property.value);
                self.stored.extend(links.into_iter().map(|link| link.span));
                let whole = scope.docs.builds_on(&property.value);
                self.built_on.extend(whole.into_iter().map(|part| part.span));
            }
            open.extend(schema.get("allOf").into_iter().flat_map(Node::items));
            open.extend(scope.docs.next(schema));
        }
    }

    /// Whether a schema is a property of items itself.
    pub(super) fn is_property(&self, schema: &Node) -> bool {
        self.properties.contains(&schema.span)
    }

    /// Whether a schema is neither a property of items nor what one refers to.
    pub(super) fn lacks(&self, schema: &Node) -> bool {
        !self.is_property(schema) && !self.stored.contains(&schema.span)
    }

    /// Whether items have this as a property, whole or as a part.
    pub(super) fn is_part_of_property(&self, schema: &Node) -> bool {
        self.is_property(schema) || self.built_on.contains(&schema.span)
    }

    /// Whether the owner that a schema declares is read.
    pub(super) fn reads_owner(&self, schema: &Node) -> bool {
        self.owned.contains(&schema.span)
    }

    /// Whether a response has the value of a schema for certain.
    pub(super) fn is_answered(&self, schema: &Node) -> bool {
        self.answered.contains(&schema.span)
    }

    /// Whether a schema says how a workflow's input is made.
    pub(super) fn is_input(&self, schema: &Node) -> bool {
        self.inputs.contains(&schema.span)
    }
}

/// The documents of services.
pub(super) fn documents(services: &[Contracts]) -> BTreeSet<crate::source::FileId> {
    services.iter().flat_map(|one| [one.openapi, one.asyncapi]).flatten().collect()
}
