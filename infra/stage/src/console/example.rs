//! An example of a schema, to begin a form with.

use serde_json::{Map, Value, json};

/// How far references and levels are followed.
const DEPTH: usize = 12;

/// A value that the schema of a document describes: the one that it shows, or one made of its types.
pub(super) fn example(schema: &Value, document: &Value) -> Value {
    made(schema, document, DEPTH)
}

fn made(schema: &Value, document: &Value, depth: usize) -> Value {
    let schema = resolved(schema, document);
    let shown = [
        &schema["example"],
        &schema["examples"][0],
        &schema["default"],
        &schema["const"],
        &schema["enum"][0],
    ];
    if let Some(shown) = shown.into_iter().find(|value| !value.is_null()) {
        return shown.clone();
    }
    if depth == 0 {
        return Value::Null;
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let own = object(schema, document, depth);
        return parts.iter().fold(own, |all, part| united(all, made(part, document, depth - 1)));
    }
    for name in ["oneOf", "anyOf"] {
        if let Some(first) = schema[name].get(0) {
            return united(object(schema, document, depth), made(first, document, depth - 1));
        }
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str());
    match kind {
        Some("string") => text(schema).into(),
        Some("integer" | "number") => number(schema),
        Some("boolean") => true.into(),
        Some("array") => json!([made(&schema["items"], document, depth - 1)]),
        Some("null") => Value::Null,
        _ => object(schema, document, depth),
    }
}

/// What a reference within the document leads to.
pub(super) fn resolved<'d>(node: &'d Value, document: &'d Value) -> &'d Value {
    let mut node = node;
    for _ in 0..DEPTH {
        let Some(pointer) = node["$ref"].as_str().and_then(|text| text.strip_prefix('#')) else {
            break;
        };
        node = document.pointer(pointer).unwrap_or(&Value::Null);
    }
    node
}

fn united(left: Value, right: Value) -> Value {
    match (left, right) {
        (Value::Object(mut left), Value::Object(right)) => {
            left.extend(right);
            left.into()
        }
        (Value::Object(left), right) if left.is_empty() => right,
        (left, _) => left,
    }
}

/// The properties that a caller sends.
fn object(schema: &Value, document: &Value, depth: usize) -> Value {
    let properties = schema["properties"].as_object().into_iter().flatten();
    let sent = properties.filter(|(_, property)| resolved(property, document)["readOnly"] != true);
    let made = sent.map(|(name, property)| (name.clone(), made(property, document, depth - 1)));
    made.collect::<Map<_, _>>().into()
}

fn text(schema: &Value) -> String {
    let text = match schema["format"].as_str() {
        Some("date") => "2030-01-31",
        Some("date-time") => "2030-01-31T12:00:00Z",
        Some("email") => "someone@example.com",
        Some("uri" | "url") => "https://example.com/",
        Some("uuid") => "5d1a0c2e-7b7c-4a43-9c2e-0f3f8c1d2b3a",
        _ => "text",
    };
    let at_least = schema["minLength"].as_u64().unwrap_or(0).min(1_000) as usize;
    let at_most = schema["maxLength"].as_u64().unwrap_or(u64::MAX);
    let padded = text.chars().chain(std::iter::repeat_n('x', at_least.saturating_sub(text.len())));
    padded.take(usize::try_from(at_most).unwrap_or(usize::MAX)).collect()
}

fn number(schema: &Value) -> Value {
    let bounds = ["minimum", "exclusiveMinimum"].map(|name| schema[name].as_f64());
    let least = bounds.into_iter().flatten().fold(0.0, f64::max);
    // Whole, and above a bound that is excluded.
    (least.floor() as i64 + 1).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_is_what_the_schema_shows_or_made_of_its_types() {
        let document = json!({ "components": { "schemas": {
            "Node": { "type": "object", "properties": {
                "id": { "type": "string", "readOnly": true },
                "name": { "type": "string", "minLength": 6 },
                "n": { "type": "integer", "minimum": 3 },
                "colour": { "enum": ["red", "blue"] },
                "at": { "type": "string", "format": "date-time" },
                "next": { "$ref": "#/components/schemas/Leaf" },
            } },
            "Leaf": { "allOf": [
                { "type": "object", "properties": { "a": { "type": "boolean" } } },
                { "oneOf": [{ "type": "object", "properties": { "b": { "example": 7 } } }] },
            ] },
            "Round": { "type": "object", "properties": { "in": { "$ref": "#/components/schemas/Round" } } },
            "Loop": { "$ref": "#/components/schemas/Loop" },
        } } });
        let of = |name: &str| {
            example(&json!({ "$ref": format!("#/components/schemas/{name}") }), &document)
        };
        let expected = json!({
            "name": "textxx", "n": 4, "colour": "red", "at": "2030-01-31T12:00:00Z", "next": { "a": true, "b": 7 },
        });
        assert_eq!(of("Node"), expected);
        assert!(of("Round")["in"]["in"].is_object());
        of("Loop");
        assert_eq!(of("Gone"), json!({}));
    }
}
