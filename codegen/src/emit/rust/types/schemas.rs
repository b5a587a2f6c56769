//! What no type expresses: `<service>/src/model/schemas.json`, JSON Schema that is checked before a value is read.

use std::collections::BTreeSet;

use quote::quote;
use serde_json::{Value, json};

use crate::model::Service;
use crate::text::{FileSet, rust_file};

/// The schemas that types are checked against, and the constant that holds them.
pub(super) fn emit_schemas(service: &Service, folder: &str, files: &mut FileSet) {
    let mut needed = BTreeSet::new();
    for id in service.used.ids() {
        if let Some(name) = &service.type_def(*id).schema {
            reach(service, name, &mut needed);
        }
    }
    let schemas = service.schemas.iter().filter(|(name, _)| needed.contains(name.as_str()));
    let schemas: serde_json::Map<String, Value> =
        schemas.map(|(name, schema)| (name.clone(), schema.clone())).collect();
    let document = json!({ "$defs": schemas });
    files.insert(format!("{folder}/schemas.json"), layout(&document, 0) + "\n");
    let head = vec!["Validation rules of the contracts that types cannot express.".to_owned()];
    let item = quote! {
        /// JSON Schema by the names that `Decode` of the types asks for, read at first use.
        pub static SCHEMAS: Schemas = Schemas::new(include_str!("schemas.json"));
    };
    let items = [
        quote!(
            use runtime::Schemas;
        ),
        item,
    ];
    files.insert(format!("{folder}/schemas.rs"), rust_file(&head, items));
}

/// JSON as one writes it by hand: what fits on a line stands on one.
fn layout(value: &Value, indent: usize) -> String {
    const WIDTH: usize = 100;
    let flat = value.to_string();
    let members: Vec<String> = match value {
        _ if flat.len() + indent <= WIDTH && indent > 2 => return flat,
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| {
                format!("{}: {}", Value::from(name.as_str()), layout(value, indent + 2))
            };
            members.iter().map(member).collect()
        }
        Value::Array(items) => items.iter().map(|item| layout(item, indent + 2)).collect(),
        _ => return flat,
    };
    let (open, close) = if value.is_array() { ('[', ']') } else { ('{', '}') };
    let (pad, end) = (" ".repeat(indent + 2), " ".repeat(indent));
    format!("{open}\n{pad}{}\n{end}{close}", members.join(&format!(",\n{pad}")))
}

/// Adds a schema and all that it refers to.
fn reach<'a>(service: &'a Service, name: &'a str, needed: &mut BTreeSet<&'a str>) {
    let Some((name, schema)) = service.schemas.get_key_value(name) else { return };
    if needed.insert(name) {
        let mut open = vec![schema];
        while let Some(value) = open.pop() {
            let reference = value.get("$ref").and_then(Value::as_str);
            if let Some(name) = reference.and_then(|text| text.strip_prefix("#/$defs/")) {
                reach(service, name, needed);
            }
            match value {
                Value::Object(members) => open.extend(members.values()),
                Value::Array(items) => open.extend(items),
                _ => {}
            }
        }
    }
}
