//! What the gateway checks of a request before an event's function sees it: `RequestModel` and `RequestParameters`.
//!
//! As in AWS, a parameter that is required and a model have an effect only where a validator is asked for.

use super::Output;
use super::nodes::{Map, Part, list, map};
use crate::template::syntax::{Node, Value};

/// The parts of an operation that make the gateway check requests.
pub(super) fn checks(
    model: &Map,
    parameters: Option<&Node>,
    part: &Part,
    output: &mut Output,
) -> Map {
    let line = part.line;
    let flag = |name: &str| model.get(name).and_then(Node::to_text).as_deref() == Some("true");
    if flag("ValidateBody") {
        let message =
            "`RequestModel.ValidateBody` is not supported by the stage; validate in the function";
        output.faults.push(part.fault(message).left_out_on_request());
    }
    let mut checks = Map::new();
    if !flag("ValidateParameters") {
        return checks;
    }
    let written = parameters.and_then(Node::as_list).unwrap_or_default();
    let required = written.iter().filter_map(|one| required(one, line)).collect();
    checks.insert("parameters".to_owned(), list(line, required));
    let validator = "x-amazon-apigateway-request-validator".to_owned();
    checks.insert(validator, Node::text(line, PARAMETERS_ONLY));
    checks
}

/// The validators that operations refer to.
pub(super) fn validators(line: usize) -> Node {
    let flag = |value| Node { line, value: Value::Bool(value) };
    let checks = map(
        line,
        [("validateRequestBody", flag(false)), ("validateRequestParameters", flag(true))],
    );
    map(line, [(PARAMETERS_ONLY, checks)])
}

/// The name that the translator gives the validator of parameters.
const PARAMETERS_ONLY: &str = "params-only";

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
