//! What the gateway checks of a request before an event's function sees it: `RequestModel` and `RequestParameters`.
//!
//! As in AWS, a parameter that is required and a model have an effect only where a validator is asked for.

use super::nodes::{Map, list, map};
use crate::template::syntax::{Node, Value};

/// The parts of an operation that make the gateway check requests.
pub(super) fn checks(model: &Map, parameters: Option<&Node>, line: usize) -> Map {
    let flag = |name: &str| model.get(name).and_then(Node::to_text).as_deref() == Some("true");
    let (body, others) = (flag("ValidateBody"), flag("ValidateParameters"));
    let mut checks = Map::new();
    let Some((validator, ..)) = VALIDATORS.iter().find(|one| (one.1, one.2) == (body, others))
    else {
        return checks;
    };
    let written = parameters.and_then(Node::as_list).unwrap_or_default();
    let mut asked: Vec<Node> = written.iter().filter_map(|one| required(one, line)).collect();
    if let Some(name) = model.get("Model").and_then(Node::to_text) {
        // The translator writes names of models in small letters.
        let pointer = format!("#/definitions/{}", name.to_lowercase());
        let schema = map(line, [("$ref", Node::text(line, pointer))]);
        let parts = [("name", Node::text(line, name)), ("in", Node::text(line, "body"))];
        asked.push(map(line, parts.into_iter().chain([("schema", schema)])));
    }
    checks.insert("parameters".to_owned(), list(line, asked));
    let name = "x-amazon-apigateway-request-validator".to_owned();
    checks.insert(name, Node::text(line, *validator));
    checks
}

/// The schemas that operations refer to.
pub(super) fn definitions(models: Map) -> Map {
    models.into_iter().map(|(name, schema)| (name.to_lowercase(), schema)).collect()
}

/// The validators that operations refer to.
pub(super) fn validators(line: usize) -> Node {
    let flag = |value| Node { line, value: Value::Bool(value) };
    let validators = VALIDATORS.iter().map(|(name, body, parameters)| {
        let checks = [
            ("validateRequestBody", flag(*body)),
            ("validateRequestParameters", flag(*parameters)),
        ];
        (*name, map(line, checks))
    });
    map(line, validators)
}

/// The names that the translator gives validators: whether they look at bodies, and at parameters.
const VALIDATORS: [(&str, bool, bool); 3] =
    [("body-only", true, false), ("params-only", false, true), ("body-and-params", true, true)];

/// A parameter that must be there: `method.request.header.Name`, with what SAM says of it.
fn required(written: &Node, line: usize) -> Option<Node> {
    let (name, settings) = written.as_map()?.first()?;
    let settings = settings.as_map()?;
    if settings.get("Required").and_then(Node::to_text).as_deref() != Some("true") {
        return None;
    }
    let (place, name) = name.strip_prefix("method.request.")?.split_once('.')?;
    let place = if place == "querystring" { "query" } else { place };
    let parts = [("name", name), ("in", place)].map(|(key, text)| (key, Node::text(line, text)));
    let mut node = map(line, parts);
    if let Value::Map(parts) = &mut node.value {
        parts.insert("required".to_owned(), Node { line, value: Value::Bool(true) });
    }
    Some(node)
}
