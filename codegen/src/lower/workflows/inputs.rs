//! The inputs of workflows: their types, their schemas without references, and where their values come from.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use super::reader::Reader;
use crate::diag::catalog::{slips, workflows as fault};
use crate::lower::schema::{Members, Types};
use crate::lower::{beside, names};
use crate::model::{DataFile, Input, InputData, Inputs, Name};
use crate::parse::{Entry, Node, Value};

/// How deep a schema is followed into itself before a reference is left open.
const MAX_DEPTH: usize = 24;

/// How many parts a schema may have, its references followed; references beyond are left open.
const MAX_PARTS: usize = 10_000;

/// In how many objects, lists and alternatives a load test draws optional properties.
const MAX_OPTIONAL: usize = 3;

/// The keys of a schema that hold values, and no schemas.
const DATA: [&str; 5] = ["default", "example", "examples", "enum", "const"];

/// The inputs of a workflow; an error when they could not be read, which has been reported. `read` are the names of those
/// that it reads.
pub(super) fn lower_inputs<'a>(
    reader: &Reader<'a>,
    types: &mut Types<'a>,
    workflow: &'a Node,
    id: &Name,
    read: &[&str],
) -> Result<Option<Inputs>, ()> {
    let Some(node) = workflow.get("inputs") else { return Ok(None) };
    let scope = reader.ground.scope;
    scope.docs.target(node).ok_or(())?;
    let used = types.lower(node, &format!("{}Inputs", id.pascal)).ok_or(())?;
    let Some(members) = Members::of(scope, node) else {
        reader.fault(fault::inputs_no_object(node.span));
        return Err(());
    };
    let mut properties = members.properties;
    // Of those that have a schema in common and no names, there are as many as the workflow reads.
    for name in read.iter().filter(|_| !members.others.is_empty()) {
        let name = name.split_once('.').map_or(*name, |(name, _)| name);
        if !properties.contains_key(name) {
            properties.insert(name, members.others.clone());
        }
    }
    let mut list = vec![];
    let mut unique = names::Unique::default();
    for (name, schemas) in properties {
        let mut input = Input {
            name: unique.name(name),
            required: members.required.contains(&name),
            schema: schema_of(reader, &schemas),
            lists_examples: schemas.iter().any(|schema| lists_examples(schema)),
            data: schemas.iter().find_map(|schema| data(reader, schema, id)).unwrap_or_default(),
            span: schemas.first().map_or(node.span, |schema| schema.span),
        };
        if let [schema] = schemas.as_slice() {
            take_default(&mut input, schema);
        }
        list.push(input);
    }
    Ok(Some(Inputs { ty: used.ty, list, origin: scope.origin(node.span) }))
}

/// Takes the default that the workflow gives an input as its value, where nothing else says what values it has: nobody
/// passes another one.
fn take_default(input: &mut Input, schema: &Node) {
    let has = |key: &str| input.schema.get(key).is_some();
    let has_values = ["enum", "const"].into_iter().any(has) || input.lists_examples;
    if has_values || input.data != InputData::default() || schema.get("default").is_none() {
        return;
    }
    if let Some(default) = input.schema.get("default").cloned() {
        Arc::make_mut(&mut input.schema)["examples"] = json!([default]);
        input.lists_examples = true;
    }
}

/// Whether a schema has examples of its own.
fn lists_examples(schema: &Node) -> bool {
    ["example", "examples"].into_iter().any(|key| schema.get(key).is_some())
}

/// The schema that says what all of these say.
fn schema_of(reader: &Reader<'_>, schemas: &[&Node]) -> Arc<Json> {
    let plain = |schema: &&Node| Plain { reader, n_parts: 0 }.schema(schema, Nesting::default());
    match schemas {
        [] => Arc::new(Json::Object(Map::new())),
        [only] => {
            // Several inputs often are the body of one request.
            let is_bare = only.reference().is_some() && only.entries().len() == 1;
            let target = reader.ground.scope.docs.target(only).filter(|_| is_bare);
            let place = target.map_or(only.span, |target| target.span);
            let mut schemas = reader.schemas.borrow_mut();
            Arc::clone(schemas.entry(place).or_insert_with(|| Arc::new(plain(only))))
        }
        several => Arc::new(json!({ "allOf": several.iter().map(plain).collect::<Vec<_>>() })),
    }
}

/// Where in a schema a part of it is.
#[derive(Clone, Copy, Default)]
struct Nesting {
    /// How many nodes and references are around it.
    depth: usize,
    /// How many objects, lists and alternatives are around the values that it describes.
    level: usize,
    /// Whether something around it may require its properties.
    is_part: bool,
}

impl Nesting {
    fn below(self) -> Self {
        Self { depth: self.depth + 1, ..self }
    }

    /// The place of a schema whose values are parts of the values here.
    fn inner(self) -> Self {
        Self { depth: self.depth + 1, level: self.level + 1, is_part: false }
    }
}

/// Writes schemas with every reference followed. One that leads on and on is left open at some depth, and optional
/// properties that are too deep for a load test to draw are left out.
struct Plain<'r, 'a> {
    reader: &'r Reader<'a>,
    n_parts: usize,
}

impl Plain<'_, '_> {
    fn schema(&mut self, node: &Node, at: Nesting) -> Json {
        self.n_parts += 1;
        match &node.value {
            Value::Map(entries) => {
                let is_part = at.is_part
                    || node.get("allOf").is_some()
                    || (node.reference().is_some() && node.get("required").is_some());
                let at = Nesting { is_part, ..at };
                let mut members = match self.followed(node, at) {
                    Some(Json::Object(target)) => target,
                    Some(open) if entries.len() == 1 => return open,
                    _ => Map::new(),
                };
                for entry in entries.iter().filter(|entry| entry.key != "$ref") {
                    members.insert(entry.key.clone(), self.member(node, entry, at));
                }
                open_bounds(&mut members);
                Json::Object(members)
            }
            Value::List(items) => items.iter().map(|item| self.schema(item, at.below())).collect(),
            _ => node.to_json(),
        }
    }

    /// What a reference leads to.
    fn followed(&mut self, node: &Node, at: Nesting) -> Option<Json> {
        node.reference()?;
        if at.depth > MAX_DEPTH || self.n_parts > MAX_PARTS {
            return Some(Json::Bool(true));
        }
        let target = self.reader.ground.scope.docs.target(node)?;
        Some(self.schema(target, at.below()))
    }

    fn member(&mut self, schema: &Node, entry: &Entry, at: Nesting) -> Json {
        match entry.key.as_str() {
            key if DATA.contains(&key) => entry.value.to_json(),
            "properties" => {
                let required = schema.get("required").map_or(&[][..], Node::items);
                let is_drawn = |name: &str| {
                    at.level < MAX_OPTIONAL
                        || at.is_part
                        || required.iter().any(|one| one.text() == Some(name))
                };
                let kept = entry.value.entries().iter().filter(|entry| is_drawn(&entry.key));
                kept.map(|one| (one.key.clone(), self.schema(&one.value, at.inner()))).collect()
            }
            "items" | "oneOf" | "anyOf" => self.schema(&entry.value, at.inner()),
            "allOf" => self.schema(&entry.value, Nesting { is_part: true, ..at.inner() }),
            _ => self.schema(&entry.value, at.below()),
        }
    }
}

/// Writes bounds that OpenAPI 3.0 excludes by a flag as JSON Schema has them.
fn open_bounds(schema: &mut Map<String, Json>) {
    for (flag, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        let Some(is_open) = schema.get(flag).and_then(Json::as_bool) else { continue };
        schema.remove(flag);
        if is_open && let Some(value) = schema.remove(bound) {
            schema.insert(flag.to_owned(), value);
        }
    }
}

/// `x-test-data`
fn data(reader: &Reader<'_>, schema: &Node, workflow: &Name) -> Option<InputData> {
    let node = schema.get("x-test-data")?;
    if node.text().is_some() {
        check_unique(reader, schema, node, workflow);
        return Some(InputData { unique: true, ..InputData::default() });
    }
    let file = data_file(reader, node);
    let unique = node.is_set("unique");
    let skew = node.get("skew");
    if unique {
        check_unique(reader, schema, node, workflow);
        for entry in ["file", "values", "skew"].into_iter().filter_map(|key| node.entry(key)) {
            let why = format!("`{}` has no effect on unique values", entry.key);
            reader.fault(fault::bad_data(entry.key_span, &why));
        }
    }
    if let Some(skew) = skew.filter(|skew| skew.number().is_some_and(super::is_no_share)) {
        reader.fault(fault::bad_data(skew.span, "`skew` must be 0 or more, and finite"));
    }
    let values = node.count_at("values");
    if values == Some(0) {
        reader.fault(fault::bad_data(node.span, "`values` must be at least 1"));
    }
    Some(InputData { file, unique, values, skew: skew.and_then(Node::number).map(str::to_owned) })
}

/// The file that values are read from.
fn data_file(reader: &Reader<'_>, node: &Node) -> Option<DataFile> {
    let column = node.entry("column");
    let Some(file) = node.get("file") else {
        if let Some(entry) = column {
            reader.fault(fault::bad_data(entry.key_span, "`column` needs `file`"));
        }
        return None;
    };
    let known = [".csv", ".json", ".txt"];
    let path = beside(&reader.document().path, file.text()?);
    // The first part is the folder of contracts itself.
    let folder = reader.document().path.split_once('/').map_or("", |(folder, _)| folder);
    if path.split_once('/').is_none_or(|(first, _)| first != folder) {
        let why = "a data file must be in the folder of contracts";
        reader.fault(fault::bad_data(file.span, why));
    }
    if !known.iter().any(|ending| path.ends_with(ending)) {
        let why = "the name of a data file must end in `.csv`, `.json` or `.txt`";
        reader.fault(fault::bad_data(file.span, why));
    }
    let column_span = column.map_or(file.span, |entry| entry.value.span);
    let column = node.text_at("column").map(str::to_owned);
    Some(DataFile { path, column, span: file.span, column_span })
}

/// Refuses unique values, which are text, where the schema takes no such text.
fn check_unique(reader: &Reader<'_>, schema: &Node, at: &Node, workflow: &Name) {
    // `lt-`, eight digits of the run, the workflow and a number, with `-` between them.
    let least = 14 + workflow.wire.chars().count() as u64;
    let ty = schema.get("type");
    let types = ty.map(|ty| ty.text().into_iter().chain(ty.items().iter().filter_map(Node::text)));
    let is_other = types.is_some_and(|mut types| !types.any(|name| name == "string"));
    let keyword =
        ["enum", "const", "format", "pattern"].into_iter().find(|key| schema.get(key).is_some());
    let why = match (is_other, keyword) {
        (true, _) => "the type is not `string`".to_owned(),
        (_, Some(keyword)) => format!("`{keyword}` refuses it"),
        _ if schema.count_at("maxLength").is_some_and(|most| most < least) => {
            format!("`maxLength` is less than {least}")
        }
        _ => return,
    };
    reader.fault(slips::unique_refused(at.span, &why));
}
