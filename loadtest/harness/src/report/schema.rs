//! The published JSON Schema of the report is the report's: whatever is written is in it, and whatever it demands is
//! written. Reads the few keywords that the schema uses, and refuses to pass over any other.

use serde_json::Value;

use super::{Report, json, sample};

fn check(schema: &Value, root: &Value, value: &Value, at: &str) {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = root.pointer(reference.trim_start_matches('#'));
        return check(target.unwrap_or(&Value::Null), root, value, at);
    }
    if let Some(all) = schema["anyOf"].as_array() {
        let fitting = all.iter().find(|one| fits(one, value));
        return check(fitting.unwrap_or_else(|| panic!("{at}: {value}")), root, value, at);
    }
    assert!(schema.is_object(), "{at} is not in the schema");
    for keyword in schema.as_object().into_iter().flat_map(|map| map.keys()) {
        const KNOWN: [&str; 14] = [
            "$schema",
            "$defs",
            "title",
            "description",
            "type",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "enum",
            "const",
            "minimum",
            "minItems",
            "maxItems",
        ];
        assert!(KNOWN.contains(&keyword.as_str()), "{at}: {keyword}");
    }
    assert!(fits(schema, value), "{at}: {value} is no {}", schema["type"]);
    match value {
        Value::Object(map) => {
            for name in schema["required"].as_array().into_iter().flatten() {
                assert!(
                    map.contains_key(name.as_str().unwrap_or_default()),
                    "{at}: {name} is demanded"
                );
            }
            for (name, value) in map {
                let own = schema["properties"].get(name);
                let any = Some(&schema["additionalProperties"]).filter(|any| any.is_object());
                let schema = own.or(any).unwrap_or(&Value::Null);
                check(schema, root, value, &format!("{at}/{name}"));
            }
        }
        Value::Array(items) => {
            for item in items {
                check(&schema["items"], root, item, &format!("{at}/*"));
            }
        }
        _ => {}
    }
}

fn fits(schema: &Value, value: &Value) -> bool {
    if let Some(all) = schema["enum"].as_array() {
        return all.contains(value);
    }
    if let Some(only) = schema.get("const") {
        return only == value;
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let is_it =
        |name: &Value| name == kind || (name == "integer" && (value.is_i64() || value.is_u64()));
    match &schema["type"] {
        Value::Array(all) => all.iter().any(is_it),
        one => is_it(one),
    }
}

fn published() -> Value {
    serde_json::from_str(json::SCHEMA_TEXT).unwrap_or_default()
}

#[test]
fn what_is_written_is_in_the_schema() {
    let schema = published();
    let written = |report: &Report| serde_json::to_value(report).unwrap_or_default();
    let mut report = sample::report();
    check(&schema, &schema, &written(&report), "");
    (report.stage, report.faults) = (None, None);
    report.objectives[0].actual = None;
    report.objectives[0].needed = Some(380);
    check(&schema, &schema, &written(&report), "");
}

/// A value of another shape is found, or the check above would check nothing.
#[test]
fn what_is_not_in_the_schema_is_found() {
    let schema = published();
    let mut report = serde_json::to_value(sample::report()).unwrap_or_default();
    report["run"]["secret"] = Value::from(1);
    let found = std::panic::catch_unwind(|| check(&schema, &schema, &report, ""));
    let said = found.err().and_then(|said| said.downcast::<String>().ok());
    assert_eq!(said.as_deref().map(String::as_str), Some("/run/secret is not in the schema"));
}
