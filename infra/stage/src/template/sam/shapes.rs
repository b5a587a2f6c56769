//! The shape of what SAM's transform reads: a value of another kind, or under another name, would be passed over, and what
//! it was to protect would be open.

use super::nodes::Map;
use super::subject;
use crate::template::Resource;
use crate::template::error::Fault;
use crate::template::syntax::{Node, Value};

/// What a property must be.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Shape {
    Map,
    /// `true` or `false`.
    Flag,
    Text,
    TextOrMap,
    FlagOrMap,
    /// A map with no other names than these.
    Of(&'static [&'static str]),
}

/// What functions may say of the callers of one route.
const AUTH_OF_EVENT: Shape = Shape::Of(&[
    "ApiKeyRequired",
    "AuthorizationScopes",
    "Authorizer",
    "InvokeRole",
    "OverrideApiAuth",
    "ResourcePolicy",
]);

/// Properties by the type they are of; `*` is any name.
const SHAPES: [(&str, &str, Shape); 30] = [
    ("Function", "Environment", Shape::Map),
    ("Function", "EventInvokeConfig", Shape::Map),
    ("Function", "Events", Shape::Map),
    ("Function", "Events.*", Shape::Map),
    ("Function", "Events.*.Properties", Shape::Map),
    ("Function", "Events.*.Properties.Auth", AUTH_OF_EVENT),
    ("Function", "Events.*.Properties.Auth.ApiKeyRequired", Shape::Flag),
    ("Function", "Events.*.Properties.Auth.Authorizer", Shape::Text),
    ("Function", "Events.*.Properties.RequestModel", Shape::Map),
    ("Function", "FunctionUrlConfig", Shape::Map),
    ("Api", "Auth", Shape::Map),
    ("Api", "Auth.AddApiKeyRequiredToCorsPreflight", Shape::Flag),
    ("Api", "Auth.AddDefaultAuthorizerToCorsPreflight", Shape::Flag),
    ("Api", "Auth.ApiKeyRequired", Shape::Flag),
    ("Api", "Auth.Authorizers", Shape::Map),
    ("Api", "Auth.Authorizers.*", Shape::Map),
    ("Api", "Auth.Authorizers.*.Identity", Shape::Map),
    ("Api", "Auth.DefaultAuthorizer", Shape::Text),
    ("Api", "Auth.UsagePlan", Shape::Map),
    ("Api", "Cors", Shape::TextOrMap),
    ("Api", "GatewayResponses", Shape::Map),
    ("Api", "GatewayResponses.*", Shape::Map),
    ("Api", "Models", Shape::Map),
    ("HttpApi", "Auth", Shape::Map),
    ("HttpApi", "Auth.Authorizers", Shape::Map),
    ("HttpApi", "Auth.Authorizers.*", Shape::Map),
    ("HttpApi", "Auth.Authorizers.*.Identity", Shape::Map),
    ("HttpApi", "Auth.Authorizers.*.JwtConfiguration", Shape::Map),
    ("HttpApi", "Auth.DefaultAuthorizer", Shape::Text),
    ("HttpApi", "CorsConfiguration", Shape::FlagOrMap),
];

/// The types that may have globals.
const GLOBAL: [&str; 8] = [
    "Api",
    "CapacityProvider",
    "Function",
    "HttpApi",
    "LayerVersion",
    "SimpleTable",
    "StateMachine",
    "WebSocketApi",
];

/// What is wrong with `Globals`.
pub(super) fn of_globals(globals: Option<&Node>) -> Vec<Fault> {
    let Some(globals) = globals else { return Vec::new() };
    let refused = |message: String, line: usize| Fault::new("template", message).at(line);
    let Some(sections) = globals.as_map() else {
        let message = format!("`Globals` must be a map, not {}", globals.kind());
        return vec![refused(message, globals.line)];
    };
    let mut faults = Vec::new();
    for (name, node) in sections {
        if !GLOBAL.contains(&name.as_str()) {
            let known = GLOBAL.join(", ");
            let message =
                format!("`Globals.{name}` is not a section of globals: these are {known}");
            faults.push(refused(message, node.line));
        } else if node.as_map().is_none() {
            let message = format!("`Globals.{name}` must be a map, not {}", node.kind());
            faults.push(refused(message, node.line));
        }
    }
    faults
}

/// What is wrong with the properties of a resource of SAM, globals included.
pub(super) fn of_resource(kind: &str, id: &str, resource: &Resource) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (_, path, shape) in SHAPES.iter().filter(|(of, ..)| *of == kind) {
        let names: Vec<&str> = path.split('.').collect();
        look(&resource.properties, &names, "", &mut |trail, node| {
            if let Some(wrong) = wrong(node, *shape) {
                let message = format!("property `{trail}` {wrong}");
                faults.push(Fault::new(subject(id, resource), message).at(node.line));
            }
        });
    }
    faults
}

/// Visits each node at a path, with the path that is written there.
fn look(map: &Map, path: &[&str], trail: &str, visit: &mut impl FnMut(&str, &Node)) {
    let Some((name, rest)) = path.split_first() else { return };
    for (key, node) in map.iter().filter(|(key, _)| *name == "*" || *name == key.as_str()) {
        let trail = if trail.is_empty() { key.clone() } else { format!("{trail}.{key}") };
        match (rest.is_empty(), node.as_map()) {
            (true, _) => visit(&trail, node),
            (false, Some(inner)) => look(inner, rest, &trail, visit),
            (false, None) => {}
        }
    }
}

fn wrong(node: &Node, shape: Shape) -> Option<String> {
    if node.value == Value::Null {
        return None;
    }
    let is_map = node.as_map().is_some();
    let is_flag = matches!(node.to_text().as_deref(), Some("true" | "false"));
    let is_text = node.to_text().is_some();
    let (is_right, wanted) = match shape {
        Shape::Map | Shape::Of(_) => (is_map, "a map"),
        Shape::Flag => (is_flag, "true or false, written out"),
        Shape::Text => (is_text, "a name, written out"),
        Shape::TextOrMap => (is_text || is_map, "text or a map"),
        Shape::FlagOrMap => (is_flag || is_map, "true, false or a map"),
    };
    if !is_right {
        let kind = node.kind();
        return Some(format!("must be {wanted}, not {kind}"));
    }
    let Shape::Of(known) = shape else { return None };
    let unknown = node
        .as_map()?
        .keys()
        .find(|key| !known.contains(&key.as_str()) && *key != "Ref" && !key.starts_with("Fn::"));
    unknown.map(|name| format!("has no `{name}`: it may have {}", known.join(", ")))
}
