//! JSON Schemas of the contracts, by which editors complete and check them while they are written.
//!
//! Made from the tables of [`crate::parse::keywords`], which decide what the generator takes: so an editor knows our
//! keys, and tells of a key that is refused or without effect. What tables cannot say (where a reference leads, whether
//! a name is known) is left to the generator.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use crate::parse::keywords::{asyncapi, openapi, ours};
use crate::parse::shape::{Field, Form, Shape, Usage};
use crate::parse::{Entry, List, Map, Node, Value};
use crate::source::Span;
use crate::text::FileSet;

type Members = serde_json::Map<String, Json>;

/// The schemas, each as a file.
#[must_use]
pub fn schemas() -> FileSet {
    let mut files = FileSet::default();
    for (name, shape) in [("openapi", &openapi::LATER_DOCUMENT), ("asyncapi", &asyncapi::DOCUMENT)]
    {
        files.insert(format!("{name}.schema.json"), schema(shape));
    }
    files
}

/// The schema of one kind of document.
fn schema(document: &'static Shape) -> String {
    let mut writer = Writer { shapes: Vec::new(), keys: keys_below(document) };
    let root = writer.object(document);
    let mut definitions = Members::new();
    let mut next = 0;
    while let Some(shape) = writer.shapes.get(next).copied() {
        let definition = writer.definition(shape);
        definitions.insert(writer.name(next), definition);
        next += 1;
    }
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": document.name,
        "description": "Made by `codegen schema` from the keywords that the generator knows.",
        "allOf": [root],
        "definitions": definitions,
    });
    // JSON from a table of texts can always be written.
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

/// A schema in the making.
struct Writer {
    /// The kinds of objects that were met, each of which becomes a definition.
    shapes: Vec<&'static Shape>,
    /// Every key that any object may have.
    keys: BTreeSet<&'static str>,
}

impl Writer {
    /// A reference to the definition of an object.
    fn object(&mut self, shape: &'static Shape) -> Json {
        let index = self.shapes.iter().position(|known| std::ptr::eq(*known, shape));
        let index = index.unwrap_or_else(|| {
            self.shapes.push(shape);
            self.shapes.len() - 1
        });
        json!({ "$ref": format!("#/definitions/{}", self.name(index)) })
    }

    /// The name of a definition; two kinds of objects may be called alike.
    fn name(&self, index: usize) -> String {
        let name = self.shapes[index].name;
        let n_before = self.shapes[..index].iter().filter(|shape| shape.name == name).count();
        let name = name.replace(' ', "-");
        if n_before == 0 { name } else { format!("{name}-{}", n_before + 1) }
    }

    fn definition(&mut self, shape: &'static Shape) -> Json {
        let mut properties = Members::new();
        for field in shape.fields {
            properties.insert(field.key.to_owned(), self.field(field));
        }
        let mut definition = Members::new();
        definition.insert("type".to_owned(), json!("object"));
        if shape.referable {
            properties.insert("$ref".to_owned(), json!({ "type": "string" }));
            if !shape.required.is_empty() {
                definition.insert("if".to_owned(), json!({ "required": ["$ref"] }));
                definition.insert("then".to_owned(), json!(true));
                definition.insert("else".to_owned(), json!({ "required": shape.required }));
            }
        } else if !shape.required.is_empty() {
            definition.insert("required".to_owned(), json!(shape.required));
        }
        definition.insert("properties".to_owned(), Json::Object(properties));
        if !shape.ours {
            definition.insert("patternProperties".to_owned(), others_extensions());
        }
        definition.insert("additionalProperties".to_owned(), json!(false));
        Json::Object(definition)
    }

    fn field(&mut self, field: &'static Field) -> Json {
        match field.usage {
            Usage::Honoured => {
                let mut schema = self.form(field.form);
                if let Some(place) = ours::place_of(field.key)
                    && let Json::Object(members) = &mut schema
                {
                    let described = format!("`{}`: belongs to {place}.", field.key);
                    // Beside `$ref` a description would be ignored.
                    if let Some(target) = members.remove("$ref") {
                        members.insert("allOf".to_owned(), json!([{ "$ref": target }]));
                    }
                    members.insert("description".to_owned(), json!(described));
                }
                schema
            }
            Usage::Ignored(why) => {
                json!({ "description": format!("Has no effect: {why}."), "deprecationMessage": why })
            }
            Usage::Noted(why) => json!({ "description": format!("Left to other tools: {why}.") }),
            Usage::Refused(advice) => {
                json!({ "not": {}, "description": format!("Refused: {advice}."), "errorMessage": advice, "doNotSuggest": true })
            }
        }
    }

    fn form(&mut self, form: Form) -> Json {
        match form {
            Form::Any => json!({}),
            Form::Text => json!({ "type": "string" }),
            Form::Flag => json!({ "type": "boolean" }),
            Form::Number => json!({ "type": "number" }),
            Form::Count => json!({ "type": "integer", "minimum": 0 }),
            Form::Choice(choices) => json!({ "enum": choices }),
            Form::List(item) => json!({ "type": "array", "items": self.form(*item) }),
            Form::Map(value) => {
                json!({ "type": "object", "additionalProperties": self.form(*value) })
            }
            Form::Patterned(value) => json!({
                "type": "object",
                "patternProperties": others_extensions(),
                "additionalProperties": self.form(*value),
            }),
            Form::Object(shape) => self.object(shape),
            Form::Choose(choose) => self.choice(choose),
        }
    }

    /// What a value decides is found out by asking with a value of each kind.
    fn choice(&mut self, choose: fn(&Node) -> Form) -> Json {
        let mut alternatives: Vec<Json> = Vec::new();
        for probe in probes() {
            let alternative = self.form(choose(&probe));
            if !alternatives.contains(&alternative) {
                alternatives.push(alternative);
            }
        }
        let plain = self.form(choose(&map_with(None)));
        for key in self.keys.clone() {
            let alternative = self.form(choose(&map_with(Some(key))));
            if alternative != plain && !alternatives.contains(&alternative) {
                alternatives.push(alternative);
            }
        }
        match alternatives.as_slice() {
            [one] => one.clone(),
            _ => json!({ "anyOf": alternatives }),
        }
    }
}

/// The keys of others' extensions: any that is none of ours, which would be in the wrong place.
fn others_extensions() -> Json {
    let names: Vec<_> = ours::names().filter_map(|name| name.strip_prefix("x-")).collect();
    let pattern = format!("^x-(?!(?:{})$)", names.join("|"));
    Json::Object(Members::from_iter([(pattern, json!({}))]))
}

/// A value of each kind.
fn probes() -> Vec<Node> {
    let values = [
        Value::Null,
        Value::Flag(true),
        Value::Number("1".to_owned()),
        Value::Text(String::new()),
        Value::List(List::new(Vec::new())),
    ];
    let nodes = values.into_iter().map(|value| Node { span: Span::default(), value });
    nodes.chain([map_with(None)]).collect()
}

/// A mapping with one key or none.
fn map_with(key: Option<&str>) -> Node {
    let entry = |key: &str| Entry {
        key: key.to_owned(),
        key_span: Span::default(),
        value: Node { span: Span::default(), value: Value::Text(String::new()) },
    };
    Node {
        span: Span::default(),
        value: Value::Map(Map::new(key.map(entry).into_iter().collect())),
    }
}

/// The keys of all objects that a kind of object may hold.
fn keys_below(root: &'static Shape) -> BTreeSet<&'static str> {
    let mut keys = BTreeSet::new();
    let mut seen: Vec<&'static Shape> = Vec::new();
    let mut open = vec![root];
    while let Some(shape) = open.pop() {
        if seen.iter().any(|known| std::ptr::eq(*known, shape)) {
            continue;
        }
        seen.push(shape);
        for field in shape.fields {
            keys.insert(field.key);
            shapes_in(field.form, &mut open);
        }
    }
    keys
}

fn shapes_in(form: Form, found: &mut Vec<&'static Shape>) {
    match form {
        Form::Object(shape) => found.push(shape),
        Form::List(inner) | Form::Map(inner) | Form::Patterned(inner) => shapes_in(*inner, found),
        Form::Choose(choose) => {
            for probe in probes() {
                if let Form::Object(shape) = choose(&probe) {
                    found.push(shape);
                }
            }
        }
        Form::Any | Form::Text | Form::Flag | Form::Number | Form::Count | Form::Choice(_) => {}
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    fn parsed(name: &str) -> Json {
        serde_json::from_str(schemas().get(name).unwrap()).unwrap()
    }

    #[test]
    fn every_reference_leads_to_a_definition() {
        for name in ["openapi.schema.json", "asyncapi.schema.json"] {
            let schema = parsed(name);
            let text = schema.to_string();
            let mut n_references = 0;
            for target in text.split("\"#/definitions/").skip(1) {
                let target = target.split('"').next().unwrap();
                assert!(schema["definitions"].get(target).is_some(), "{name}: {target}");
                n_references += 1;
            }
            assert!(n_references > 20, "{name} has references");
        }
    }

    #[test]
    fn our_keys_are_known_and_others_are_told_apart() {
        let schema = parsed("openapi.schema.json");
        let operation = &schema["definitions"]["operation"];
        let table = &schema["definitions"]["x-dynamodb"]["properties"]["action"]["enum"];
        assert!(table.as_array().unwrap().contains(&json!("get")), "{table}");
        assert!(operation["properties"]["x-dynamodb"]["description"].is_string());
        assert_eq!(operation["additionalProperties"], false);
        let events = parsed("asyncapi.schema.json");
        assert!(events["definitions"]["sqs-binding"].is_object(), "found by its key");
    }
}
