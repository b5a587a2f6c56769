//! The inputs of workflows: their types, their schemas without references, and where their values come from.

use serde_json::{Map, Value as Json};

use super::reader::Reader;
use crate::diag::catalog::workflows as fault;
use crate::lower::schema::Types;
use crate::lower::{beside, names};
use crate::model::{Input, InputData, Inputs, Name};
use crate::parse::{Node, Value};

/// How deep a schema is followed into itself before it is left open.
const MAX_DEPTH: usize = 24;

/// How many parts a schema may have, its references followed; what is beyond is left open.
const MAX_PARTS: usize = 10_000;

/// The inputs of a workflow; an error when they could not be read, which has been reported.
pub(super) fn lower_inputs<'a>(
    reader: &Reader<'a>,
    types: &mut Types<'a>,
    workflow: &'a Node,
    id: &Name,
) -> Result<Option<Inputs>, ()> {
    let Some(node) = workflow.get("inputs") else { return Ok(None) };
    let docs = reader.ground.scope.docs;
    let target = docs.target(node).ok_or(())?;
    let used = types.lower(node, &format!("{}Inputs", id.pascal)).ok_or(())?;
    let is_object = target.get("properties").is_some()
        || target.get("allOf").is_some()
        || target.text_at("type") == Some("object");
    if !is_object {
        reader.fault(fault::inputs_no_object(node.span));
        return Err(());
    }
    let required: Vec<&str> =
        target.get("required").into_iter().flat_map(Node::items).filter_map(Node::text).collect();
    let mut list = vec![];
    let mut unique = names::Unique::default();
    for entry in target.get("properties").into_iter().flat_map(Node::entries) {
        list.push(Input {
            name: unique.name(&entry.key),
            required: required.contains(&entry.key.as_str()),
            schema: plain(reader, &entry.value, 0, &mut 0),
            data: data(reader, &entry.value),
            span: entry.key_span,
        });
    }
    Ok(Some(Inputs { ty: used.ty, list, origin: reader.ground.scope.origin(node.span) }))
}

/// A schema with every reference followed. One that leads on and on is left open at some depth.
fn plain(reader: &Reader<'_>, node: &Node, depth: usize, n_parts: &mut usize) -> Json {
    *n_parts += 1;
    if depth > MAX_DEPTH || *n_parts > MAX_PARTS {
        return Json::Bool(true);
    }
    let docs = reader.ground.scope.docs;
    match &node.value {
        Value::Map(entries) => {
            let mut members = Map::new();
            if node.reference().is_some()
                && let Some(Json::Object(target)) =
                    docs.target(node).map(|target| plain(reader, target, depth + 1, n_parts))
            {
                members = target;
            }
            for entry in entries.iter().filter(|entry| entry.key != "$ref") {
                let is_data = ["default", "example", "examples", "enum", "const"]
                    .contains(&entry.key.as_str());
                let value = if is_data {
                    entry.value.to_json()
                } else {
                    plain(reader, &entry.value, depth + 1, n_parts)
                };
                members.insert(entry.key.clone(), value);
            }
            Json::Object(members)
        }
        Value::List(items) => {
            items.iter().map(|item| plain(reader, item, depth + 1, n_parts)).collect()
        }
        _ => node.to_json(),
    }
}

/// `x-test-data`
fn data(reader: &Reader<'_>, schema: &Node) -> InputData {
    let Some(node) = schema.get("x-test-data") else { return InputData::default() };
    if node.text().is_some() {
        return InputData { unique: true, ..InputData::default() };
    }
    let file = node.get("file").and_then(|file| {
        let known = [".csv", ".json", ".txt"];
        let path = beside(&reader.document().path, file.text()?);
        if !known.iter().any(|ending| path.ends_with(ending)) {
            reader.fault(fault::bad_data(
                file.span,
                "the name of a data file must end in `.csv`, `.json` or `.txt`",
            ));
        }
        Some((path, node.text_at("column").map(str::to_owned)))
    });
    if let (None, Some(entry)) = (&file, node.entry("column")) {
        reader.fault(fault::bad_data(entry.key_span, "`column` needs `file`"));
    }
    let unique = node.is_set("unique");
    let skew = node.get("skew");
    if let (true, Some(skew)) = (unique, skew) {
        reader.fault(fault::bad_data(skew.span, "`skew` has no effect on unique values"));
    }
    if let Some(skew) =
        skew.filter(|skew| skew.number().is_some_and(|number| number.starts_with('-')))
    {
        reader.fault(fault::bad_data(skew.span, "`skew` must be 0 or more"));
    }
    let values = node.count_at("values");
    if values == Some(0) {
        reader.fault(fault::bad_data(node.span, "`values` must be at least 1"));
    }
    InputData { file, unique, values, skew: skew.and_then(Node::number).map(str::to_owned) }
}
